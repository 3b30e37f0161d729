"""Web addresses in the one form that tells whether two of them lead to the same article."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

_TRACKING = re.compile(
    r"(?:utm|mtm|piwik|matomo|itm|mc|oly|vero|hsa|at|ns|pf_rd|pd_rd|wt)_\w+|pk_(?:campaign|kwd|source|medium|content)"
    r"|_hs(?:enc|mi)|__hs\w+|_ga|_gl|\w*clid|fb_\w+|gbraid|wbraid|igsh(?:id)?|mkt_tok|cmp(?:id)?|ocid|icid|ito|xtor"
    r"|smid|smtyp|smprod|emci|emdi|emc|ref_?src|ref_url|guccounter|guce_\w+|partner|sref|spm|s_cid|cvid|wpisrc|wpmm"
    r"|campaign_id|segment_id|instance_id|amp|outputtype|ftag|dicbo",
    re.IGNORECASE,
)
"""Parameters that say where a reader came from, and no more."""
_DEFAULT_PORT = re.compile(r":(?:80|443)?\Z")
_ROUTE = re.compile(r"!?/")
"""How a fragment begins that a page without an address of its own is shown by."""
_PATH_PREFIX = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")


def normalize_address(url: str) -> str:
    """Return the form of an address that all its spellings share; what is no address of the web stays as it is.

    Scheme, `www.`, default port, case of the host, order of the parameters, a slash at the end, a fragment, and
    parameters that only track where the reader came from make no difference. The form is for comparing alone.
    """
    url = url.strip()
    try:
        parts = urlsplit(canonicalize_url(url, keep_fragments=True))
    except ValueError:
        return url
    if parts.scheme not in ("http", "https"):
        return url
    host = _DEFAULT_PORT.sub("", parts.netloc.lower()).removeprefix("www.")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)])
    fragment = parts.fragment if _ROUTE.match(parts.fragment) else ""
    return urlunsplit(("", host, parts.path.rstrip("/"), query, fragment))


def is_path_prefix(text: str) -> bool:
    """Tell whether pages can be served under this path, such as `/news`: it needs no quoting, and names no site."""
    return bool(_PATH_PREFIX.fullmatch(text))
