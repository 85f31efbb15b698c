"""Getting a built site to its readers: files for the servers that give it out, and a bundle for a shared folder."""
