"""Menu entries of the incidents room."""
