"""Which figures of people may be shown to readers from outside a community; `docs/withholding.md` says why so."""
