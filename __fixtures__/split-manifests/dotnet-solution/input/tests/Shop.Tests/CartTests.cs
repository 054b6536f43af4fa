namespace Shop.Tests;
