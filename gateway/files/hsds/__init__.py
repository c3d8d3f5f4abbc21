"""The network as Open Referral HSDS 3 (https://docs.openreferral.org), for other directories of services.

In the form of its tables: a list of each kind, joined by ids. Only what is approved or published, of organisations;
no person, no contact and no phone. HSDS asks for UUIDs: ours are made from our ids, so the same thing keeps its own.
"""
