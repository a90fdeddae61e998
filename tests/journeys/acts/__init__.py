"""What people do in each part of the main job. Each act begins and ends on a page."""
