require('./templates')
