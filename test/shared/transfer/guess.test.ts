import { describe, expect, it } from 'vitest';
import { guessMapping } from '#shared/domain/transfer/guess.ts';

const targets = (columns: string[], rows: string[][] = []): Record<string, string> => Object.fromEntries(guessMapping(columns, rows).columns.map(({ column, target }) => [column, target]));

describe('what columns mean', () => {
  it.each<[string, Record<string, string>]>([
    ['English', { SKU: 'sku', 'Product name': 'name', Brand: 'brand', 'EAN/GTIN': 'barcodes', category_path: 'category', 'Sales price (GBP)': 'price', Stock: 'stockNote' }],
    ['German', { 'Artikel-Nr.': 'sku', Bezeichnung: 'name', Marke: 'brand', Hersteller: 'manufacturer', Warengruppe: 'category', 'VK brutto': 'price', Währung: 'currency', Bestand: 'stockNote', Beschreibung: 'description' }],
    ['French', { Référence: 'sku', Désignation: 'name', Marque: 'brand', 'Code-barres': 'barcodes', Catégorie: 'category', 'Prix TTC': 'price', Devise: 'currency' }],
    ['Spanish', { Código: 'sku', 'Nombre del producto': 'name', Marca: 'brand', Categoría: 'category', Precio: 'price', Moneda: 'currency', Descripción: 'description' }],
    ['Italian', { 'Codice articolo': 'sku', Nome: 'name', Marca: 'brand', 'Codice a barre': 'barcodes', Prezzo: 'price' }],
    ['Portuguese', { 'Código do produto': 'sku', Nome: 'name', Fabricante: 'manufacturer', Preço: 'price' }],
    ['Dutch', { Artikelnummer: 'sku', Productnaam: 'name', Merk: 'brand', Prijs: 'price', Voorraad: 'stockNote' }],
    ['Polish', { 'Kod produktu': 'sku', Nazwa: 'name', Marka: 'brand', Cena: 'price', Kategoria: 'category' }],
    ['Swedish', { Artikelnummer: 'sku', Benämning: 'name', Varumärke: 'brand', Pris: 'price' }],
    ['tariffs', { id: 'sku', title: 'name', monthly_price: 'price', 'billing period': 'interval', 'minimum term': 'termMonths', 'notice period': 'noticeDays', 'activation fee': 'setupFee' }],
  ])('%s headers', (_language, expected) => expect(targets(Object.keys(expected))).toEqual(expected));

  it('keeps what a caller must not hear out', () => {
    expect(targets(['sku', 'name', 'price', 'cost price', 'EK netto', 'image url', 'Margin'])).toMatchObject({ price: 'price', 'cost price': 'ignore', 'EK netto': 'ignore', 'image url': 'ignore', Margin: 'ignore' });
  });

  it('makes facts of short columns it does not know, not of links', () => {
    expect(targets(['sku', 'name', 'Colour', 'Manual'], [['1', 'Lamp', 'red', 'https://x/y.pdf']])).toMatchObject({ Colour: 'fact', Manual: 'ignore' });
  });

  it('tells products apart by their barcode where there is no number, and names them by the longest text', () => {
    expect(targets(['EAN', 'Wie es heisst', 'Farbe'], [['4006381333931', 'Ein Stift mit langem Namen', 'rot']])).toEqual({ EAN: 'sku', 'Wie es heisst': 'name', Farbe: 'fact' });
  });

  it('gives a target that takes one column to the best of them', () => {
    const mapping = targets(['item number', 'manufacturer item number', 'name', 'product title', 'list price', 'price']);
    expect(Object.values(mapping).filter((target) => target === 'sku')).toHaveLength(1);
    expect(Object.values(mapping).filter((target) => target === 'name')).toHaveLength(1);
    expect(Object.values(mapping).filter((target) => target === 'price')).toHaveLength(1);
  });

  it('finds the sign between category steps', () => {
    const separator = (...values: string[]): string => guessMapping(['sku', 'name', 'category'], values.map((value) => ['1', 'x', value])).categorySeparator;
    expect(separator('A > B', 'A')).toBe('>');
    expect(separator('A/B', 'A/B/C')).toBe('/');
    expect(separator('TV/Audio', 'Kitchen', 'Garden')).toBe('none');
  });

  it('takes prices of files in our own columns as minor units', () => {
    expect(guessMapping(['sku', 'name', 'price', 'currency', 'tax_included', 'term_months', 'notice_days', 'setup_fee', 'stock_note'], []).priceUnit).toBe('minor');
    expect(guessMapping(['sku', 'name', 'price'], []).priceUnit).toBe('major');
  });
});
