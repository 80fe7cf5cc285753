"""What importers of approvals share: requests and their answers, and how rows come to them."""
