"""How the documentation is built.

Build it with `python -m sphinx -n -W docs docs/_build` in an environment that has the
package and the group `docs`.
"""

import cloudpbx

project = "cloudpbx"
author = "the cloudpbx authors"
release = version = cloudpbx.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
]
exclude_patterns = ["_build"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# Docstrings quote names as `name`, as messages do.
default_role = "code"
add_module_names = False
autodoc_default_options = {"members": True}
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
python_use_unqualified_type_names = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

# The build needs no network: names of other projects are not looked up, ours are.
# A type variable has no page of its own.
nitpick_ignore_regex = [
    (r"py:.*", r"(?!cloudpbx\b).*"),
    (r"py:.*", r"cloudpbx\..*\.[A-Z](_co)?"),
    # What a value is worked out from is not for its readers.
    (r"py:.*", r"cloudpbx\.routing\.(gates|routes|ring_plans|screening_gates)\.[A-Z]\w+"),
    (r"py:.*", r"cloudpbx\.testing\.for_routers\.Schedules"),
]

html_theme = "furo"
html_title = "cloudpbx"
html_show_copyright = False
copybutton_exclude = ".linenos, .gp, .go"
