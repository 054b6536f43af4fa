package shop;

public class Server {
    public static void main(String[] arguments) {
        System.out.println(Prices.of("bread"));
    }
}
