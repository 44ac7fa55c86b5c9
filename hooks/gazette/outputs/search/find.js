/* Finds pages by what stands on them: a query spelt as words.py spells the pages, asked of Pagefind gram by gram. */

const GRAM = 3
const MARK = "zzq"
const LETTERS = "bcdfghjklmnpqrtvwxz"
const WIDTH = 4
const CHINESE = /[\u3400-\u9fff]/
const QUOTES = "“”„«»‘’\"'"

/* The one form of a text in which it is compared: no quotation marks, and no spaces but within Latin script. */
const plain = text => text.replace(new RegExp(`[${QUOTES}]`, "g"), "").replace(/\s+/g, " ").trim()
  .replace(/(?<![\x21-\x7e]) | (?![\x21-\x7e])/g, "").normalize("NFKC")

const spelt = character => {
  const small = character.toLowerCase()
  let code = ([...small].length === 1 ? small : character).codePointAt(0)
  let letters = ""
  for (let digit = 0; digit < WIDTH; digit += 1) {
    letters = LETTERS[code % LETTERS.length] + letters
    code = Math.floor(code / LETTERS.length)
  }
  return letters
}

const NUMBER = /^\d(?:[\d.,]*\d)?$/
const EDGE = "|"
const SPARE = 3

/* What a query asks for, each term as it stands on a page: words apart, or together in quotation marks. */
export const terms = query => [...query.replace(/[“”]/g, '"').matchAll(/"([^"]+)"|[^\s"]+/g)].map(found => found[1] ?? found[0])

/* What to look up for a term, all of which a page must have: runs of grams, each gram with its distance from the
   beginning of its run; a word of English is a run of one. */
const runs = (term, locale) => {
  if (locale === "zh" || CHINESE.test(term)) return [run(plain(term))]
  return term.split(/[\s′″]+/).filter(word => word).map(word => {
    const bare = word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")
    return NUMBER.test(bare) ? run(EDGE + bare + EDGE) : [{word, distance: 0}]
  })
}

const run = text => {
  const characters = [...text].map(spelt)
  const last = Math.max(0, characters.length - GRAM)
  const starts = new Set([last])
  for (let start = 0; start < last; start += GRAM) starts.add(start)
  return [...starts].sort((a, b) => a - b).map(start =>
    ({word: MARK + characters.slice(start, start + GRAM).join(""), distance: start}))
}

/* What matches the terms in the text of a page, to be marked there; null where nothing can. */
export const pattern = (query, locale) => {
  const safe = character => character.replace(/[.*+?^${}()|[\]\\]/, "\\$&")
  const wide = character => /[\x21-\x7e]/.test(character) ? String.fromCharCode(character.charCodeAt(0) + 0xfee0) : character
  const spread = term => [...plain(term)].map(character => `(?:${safe(character)}|${wide(character)})`).join(`[\\s${QUOTES}]*`)
  const begun = word => `(?<![\\p{L}\\p{N}])${[...word.slice(0, Math.max(4, word.length - 3))].map(safe).join("")}[\\p{L}\\p{N}]*`
  const sources = terms(query).flatMap(term => locale === "zh" || CHINESE.test(term) ? [spread(term)] : term.split(/\s+/).map(begun))
  const told = sources.filter(source => source).join("|")
  return told ? new RegExp(`(${told})`, "giu") : null
}

/* Opens the index whose shards are the folders `parts` of the address `base`; the first has the engine. */
export const open = async (base, parts, locale) => {
  const [first, ...others] = parts.map(part => `${base}${part}/`)
  const {createInstance} = await import(`${first}pagefind.js`)
  const pagefind = createInstance({basePath: first, noWorker: true, metaCacheTag: "1"})
  await pagefind.init()
  await Promise.all(others.map(shard => pagefind.mergeIndex(shard, {metaCacheTag: "1"})))
  const root = new URL("../../", base)

  /* The pages on which a word stands: all places of it, the score, how to read them. */
  const look = async word => {
    const {results} = await pagefind.search(word)
    return new Map(results.filter(page => page.words.length).map(page => [page.id, page]))
  }

  /* A word half typed may be longer than its stem: where nothing begins with it, what begins with a little less. */
  const nearly = async word => {
    let found = await look(word)
    for (let less = 1; !found.size && less <= SPARE && word.length - less > SPARE && !word.startsWith(MARK); less += 1)
      found = await look(word.slice(0, -less))
    return found
  }

  /* The pages that have a run: its grams at their distances. */
  const having = async grams => {
    const [first, ...others] = await Promise.all(grams.map(({word}) => nearly(word)))
    const kept = new Map()
    for (const [id, page] of first) {
      const again = others.map(found => found.get(id))
      if (again.some(other => !other)) continue
      const places = again.map(other => new Set(other.words))
      const begins = grams[0].distance
      if (page.words.some(at => places.every((place, index) => place.has(at - begins + grams[index + 1].distance))))
        kept.set(id, {page, score: again.reduce((sum, other) => sum + other.score, page.score)})
    }
    return kept
  }

  return {
    /* Every page that has all terms of the query, and all facets; the best first. */
    find: async (query, facets = []) => {
      if (!terms(query).length) return []
      const asked = [...terms(query).flatMap(term => runs(term, locale)), ...facets.map(facet => [{word: MARK + facet, distance: 0}])]
      const found = await Promise.all(asked.map(having))
      const [fewest, ...others] = [...found].sort((a, b) => a.size - b.size)
      return [...fewest].filter(([id]) => others.every(other => other.has(id)))
        .map(([id, {page}]) => ({read: page.data, score: found.reduce((sum, one) => sum + one.get(id).score, 0)}))
        .sort((a, b) => b.score - a.score)
    },
    /* A page found: its address, what is shown of it, its facets, its blocks of text. */
    read: async page => {
      const {path, meta, facets, blocks} = await page.read()
      return {...meta, address: new URL(path, root).href, facets, blocks}
    },
  }
}
