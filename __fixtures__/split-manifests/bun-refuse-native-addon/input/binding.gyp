{ 'targets': [{ 'target_name': 'clock', 'sources': ['clock.cc'] }] }
