package shop;

public class Server {
    public static void main(String[] args) {
        System.out.println("shop");
    }
}
