// What a test uploads in the Worker's place.
