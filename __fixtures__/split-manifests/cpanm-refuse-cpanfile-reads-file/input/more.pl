requires 'DBI';
