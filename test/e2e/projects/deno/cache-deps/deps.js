export { default as isNumber } from 'npm:is-number@7.0.0'
