class Money {}
