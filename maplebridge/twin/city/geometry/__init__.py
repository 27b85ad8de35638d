"""Land, water, hills and the plane of streets, in a local metre frame."""
