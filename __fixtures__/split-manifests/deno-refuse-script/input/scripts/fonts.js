import './list.js'
