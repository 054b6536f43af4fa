export { default as ms } from "npm:ms@2.1.3"
