package shop;

public class Prices {
}
