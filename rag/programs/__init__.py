"""The product for other programs: typed endpoints, over HTTP and as MCP tools."""
