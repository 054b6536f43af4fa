{ 'targets': [{ 'target_name': 'shop', 'sources': ['src/shop.cc'] }] }
