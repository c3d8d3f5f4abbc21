"""What people wrote: kept beside the log, sealed under keys that can be destroyed, so that it can be erased."""
