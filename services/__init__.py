"""The services of the network, the kit they share and the `xfh` command."""
