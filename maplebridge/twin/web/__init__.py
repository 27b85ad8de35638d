"""Pages of the living city: the bar, the tour, the page of the city itself."""
