requires 'YAML';
