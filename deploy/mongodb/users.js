// Run once, on an empty volume: the account the services use. Each makes a database of its own.
db.getSiblingDB("admin").createUser({
  user: "xfh",
  pwd: process.env.XFH_MONGODB_PASSWORD,
  roles: [{ role: "readWriteAnyDatabase", db: "admin" }],
});
