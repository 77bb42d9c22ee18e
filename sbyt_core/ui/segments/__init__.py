"""The Segments page: criteria under the hand, pictures, clients, scenarios."""
