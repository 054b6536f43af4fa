import puppeteer from 'puppeteer'

await puppeteer.connect({ browserWSEndpoint: process.env.BROWSER })
