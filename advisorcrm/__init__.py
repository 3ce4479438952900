"""Client service desk for a securities branch (证券营业部客户服务)."""

__version__ = "0.1.0"
