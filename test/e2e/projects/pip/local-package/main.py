import click
import money
import tax

click.echo(money.RATE + tax.RATE)
