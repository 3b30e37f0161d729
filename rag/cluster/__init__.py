"""Bulk work on the processes of a Ray cluster: Ray is an optional extra, and imported only where it is asked for."""
