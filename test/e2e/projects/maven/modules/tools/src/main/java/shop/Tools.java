package shop;

public class Tools {}
