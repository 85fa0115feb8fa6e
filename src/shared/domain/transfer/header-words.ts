import type { Target } from './targets.ts';

/**
 * What columns are called in catalogues, in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and Swedish,
 * written as `foldHeader` leaves a header: lower case, without accents and signs. Plain vocabulary, collected by hand.
 */
export const HEADER_WORDS: Readonly<Partial<Record<Target, readonly string[]>>> = {
  sku: list(
    'sku|item number|item no|item nr|item code|item id|article number|article no|article nr|article code|product code|product number|product no|product id|part number|part no|stock code|stock number|order number|order code|catalogue number|catalog number|mpn',
    'artikelnummer|artikelnr|artikel nr|artnr|art nr|artikelcode|artikel id|bestellnummer|bestellnr|bestell nr|produktnummer|produkt nr|materialnummer|teilenummer|sachnummer',
    'reference|ref|reference article|reference produit|code article|code produit|numero article|referencia|codigo|codigo articulo|codigo de articulo|codigo producto|codigo de producto|codigo do produto|codigo artigo',
    'codice|codice articolo|codice prodotto|cod articolo|cod art|artikelnummer|productcode|productnummer|indeks|numer artykulu|kod produktu|artikelnummer|art|id|code|kod|key',
  ),
  name: list(
    'name|product name|item name|article name|title|product title|product|item|article|label|short description|item description|article description|display name',
    'bezeichnung|artikelbezeichnung|artikelname|produktname|produktbezeichnung|kurzbezeichnung|kurztext|titel|produkt|artikel',
    'nom|nom du produit|nom produit|designation|libelle|intitule|titre|produit|article|nombre|nombre del producto|nombre producto|titulo|denominacion|producto|articulo|nome|nome prodotto|nome do produto|titolo|denominazione|prodotto|articolo|produto',
    'naam|productnaam|artikelnaam|omschrijving kort|nazwa|nazwa produktu|tytul|produktnamn|namn|benamning',
  ),
  brand: list('brand|brand name|trademark|make', 'marke|markenname', 'marque|marca|merk|marka|varumarke'),
  manufacturer: list('manufacturer|manufacturer name|vendor|producer|maker|supplier', 'hersteller|herstellername|lieferant|fabrikat', 'fabricant|constructeur|fournisseur|fabricante|proveedor|fornecedor|produttore|fornitore|fabrikant|leverancier|producent|dostawca|tillverkare|leverantor'),
  model: list('model|model number|model no|model name|model code|type designation|manufacturer part number|manufacturer part no|manufacturer number', 'modell|modellnummer|modellbezeichnung|typbezeichnung|herstellernummer|hersteller artikelnummer', 'modele|reference fabricant|modelo|modello|modelnummer'),
  barcodes: list('barcode|barcodes|bar code|ean|ean code|ean13|ean 13|upc|upc code|upc a|gtin|gtin13|gtin 13|gtin14|isbn|isbn13|jan|jan code', 'strichcode|ean nummer|ean nr|gtin nummer', 'code barre|code barres|code a barres|codigo de barras|codigo barras|codice a barre|codice ean|streepjescode|kod kreskowy|kod ean|streckkod'),
  category: list(
    'category|categories|category path|category name|product category|main category|subcategory|sub category|department|product group|category 1|category 2|category 3|category 4|category level 1|category level 2|category level 3|level 1|level 2|level 3|google product category|breadcrumb|taxonomy|section',
    'kategorie|kategorien|unterkategorie|hauptkategorie|warengruppe|produktgruppe|artikelgruppe|sortiment|abteilung',
    'categorie|sous categorie|rayon|famille|sous famille|categoria|subcategoria|seccion|familia|sottocategoria|reparto|famiglia|productgroep|subcategorie|kategoria|podkategoria|grupa produktow|kategori|produktgrupp|varugrupp',
  ),
  type: list('type|product type|item type|article type|kind|class|product class', 'produkttyp|produktart|artikelart|art des produkts|typ', 'type de produit|type produit|tipo|tipo de producto|tipo producto|tipo prodotto|tipo de produto|producttype|soort|rodzaj|typ produktu|produkttyp'),
  description: list('description|long description|full description|product description|details|body|body html|text|notes', 'beschreibung|artikelbeschreibung|produktbeschreibung|langtext|langbeschreibung|beschreibungstext', 'description longue|descriptif|descripcion|descripcion larga|descricao|descrizione|descrizione lunga|omschrijving|beschrijving|opis|opis produktu|beskrivning'),
  price: list(
    'price|unit price|sales price|selling price|sale price|retail price|list price|gross price|net price|rrp|msrp|srp|amount|monthly price|monthly fee|base price|price incl vat|price excl vat|price gbp|price eur|price usd',
    'preis|verkaufspreis|vk|vk preis|vk brutto|vk netto|bruttopreis|nettopreis|listenpreis|uvp|einzelpreis|grundpreis|monatspreis|grundgebuhr|preis eur',
    'prix|prix de vente|prix ttc|prix ht|prix unitaire|tarif|pvp|precio|precio de venta|precio venta|precio unitario|preco|preco de venda|prezzo|prezzo di vendita|prezzo al pubblico|prijs|verkoopprijs|adviesprijs|cena|cena brutto|cena netto|cena sprzedazy|pris|forsaljningspris',
  ),
  currency: list('currency|currency code|price currency|iso currency', 'wahrung|waehrung', 'devise|monnaie|moneda|divisa|moeda|valuta|waluta'),
  taxIncluded: list('tax included|incl tax|incl vat|vat included|tax incl', 'inkl mwst|mwst enthalten|brutto', 'ttc|iva incluido|iva inclusa|inclusief btw|btw inbegrepen'),
  interval: list('interval|billing interval|billing period|billing cycle|recurrence|frequency|price period|period', 'abrechnungszeitraum|abrechnungsintervall|turnus|zahlungsweise|intervall', 'periodicite|frequence|frequence de facturation|periodicidad|frecuencia|periodicidade|frequenza|cadenza|factuurperiode|okres rozliczeniowy'),
  unit: list('unit|unit of measure|uom|sales unit|price unit|per', 'einheit|mengeneinheit|verkaufseinheit|preiseinheit', 'unite|unite de vente|unidad|unidade|unita|eenheid|jednostka|jm|enhet'),
  termMonths: list('term months|contract months|minimum term|contract term|minimum term months|commitment|commitment months|contract length', 'mindestlaufzeit|laufzeit|vertragslaufzeit|laufzeit monate|laufzeit in monaten', 'duree d engagement|engagement|permanencia|permanencia meses|fidelizacao|durata contratto|vincolo mesi|looptijd|contractduur|okres umowy|bindningstid'),
  noticeDays: list('notice days|notice period|cancellation notice|notice period days', 'kundigungsfrist|kundigungsfrist tage', 'preavis|delai de preavis|preaviso|preavviso|opzegtermijn|okres wypowiedzenia|uppsagningstid'),
  setupFee: list('setup fee|set up fee|activation fee|connection fee|one off fee|installation fee', 'einrichtungsgebuhr|anschlussgebuhr|aktivierungsgebuhr|einmalige gebuhr|bereitstellungspreis', 'frais d activation|frais de mise en service|cuota de alta|alta|taxa de adesao|costo di attivazione|attivazione|aansluitkosten|oplata aktywacyjna|startavgift'),
  terms: list('terms|billing terms|price terms|conditions|payment terms', 'bedingungen|konditionen|vertragsbedingungen', 'conditions tarifaires|condiciones|condicoes|condizioni|voorwaarden|warunki|villkor'),
  stockNote: list('stock note|stock|stock status|stock level|availability|available|in stock|quantity|qty|inventory|delivery time|lead time', 'bestand|lagerbestand|lager|verfugbarkeit|verfugbar|lieferzeit|menge', 'disponibilite|stocks|delai de livraison|existencias|disponibilidad|disponibilidade|estoque|disponibilita|giacenza|scorte|voorraad|beschikbaarheid|levertijd|stan magazynowy|dostepnosc|lagersaldo|lagerstatus'),
  facts: list('facts|attributes|specifications|specs', 'merkmale|eigenschaften', 'caracteristiques|caracteristicas|caratteristiche|specificaties|cechy'),
  tags: list('tags|keywords|search terms|labels', 'schlagworte|schlagworter|stichworte|suchbegriffe', 'mots cles|etiquettes|palabras clave|etiquetas|palavras chave|parole chiave|trefwoorden|slowa kluczowe|nyckelord'),
  verifiedAt: list('verified at|verified on|checked at|checked on|last verified', 'gepruft am|stand', 'verifie le|verificado el|verificato il|gecontroleerd op'),
  verifiedBy: list('verified by|checked by', 'gepruft von', 'verifie par|verificado por|verificato da|gecontroleerd door'),
  owner: list('owner|responsible|product manager', 'verantwortlich|produktmanager', 'responsable|responsabile|verantwoordelijke'),
  reviewDays: list('review days|review interval', 'prufintervall tage', ''),
  language: list('language|lang|locale', 'sprache', 'langue|idioma|lingua|taal|jezyk|sprak'),
  sectors: list('sectors|sector', 'branche|branchen', 'secteur|settore'),
  plannedPrices: list('planned prices', 'geplante preise', ''),
  rest: list('callside data', '', ''),
  scripts: list('scripts', '', ''),
  articles: list('articles|help articles|knowledge articles', '', ''),
  // Not for the ears of a caller, or of no use in a call.
  ignore: list(
    'cost|cost price|purchase price|buying price|margin|markup|wholesale price|dealer price|internal note|internal notes|internal comment|image|images|image url|image link|picture|thumbnail|photo|url|link|product url|created at|updated at|modified|row|row id',
    'einkaufspreis|ek|ek preis|ek netto|marge|spanne|handlerpreis|interne notiz|bild|bilder|bild url|bildlink|erstellt am|geandert am',
    'prix d achat|prix de revient|marge brute|image principale|photo principale|lien|precio de compra|precio de coste|margen|imagen|imagenes|enlace|preco de custo|preco de compra|margem|imagem|prezzo di acquisto|prezzo acquisto|costo|margine|immagine|inkoopprijs|afbeelding|cena zakupu|marza|zdjecie|inkopspris|bild',
  ),
};

function list(...groups: string[]): string[] {
  return groups.flatMap((group) => group.split('|')).filter((word) => word !== '');
}

/** A header as it is compared: `Artikel-Nr.` → `artikel nr`, `categoryPath` → `category path`, `Währung` → `wahrung`. */
export function foldHeader(header: string): string {
  return header
    .replace(/(?<lower>\p{Ll})(?<upper>\p{Lu})/gu, '$<lower> $<upper>')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
