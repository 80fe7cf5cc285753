"""CODEOWNERS files of GitHub and GitLab: what their lines say, and who owns a path."""
