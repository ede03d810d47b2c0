/**
 * Words that stand in a large share of all posts, of the languages that Earshot's users write most. Folded. For hints and
 * for a first guess of which words of a query are rare; never left out of a text or a query.
 */
const everyday = new Set(
  (
    'a about after all also am an and any are as at back be because been best but by can could day did do does don for from get go good got great ' +
    'had has have he her here him his how i if in is it its just know like ll lol love m make me more my need new no not now of off on one only or ' +
    'our out over people please re really right s see she should so some still t take than thank thanks that the their them then there they thing ' +
    'this time to today too u up us use ve very via want was we well were what when where which who why will with work would yes you your ' +
    'aber als auch auf aus bei bin bis da das dass dem den der des die doch ein eine einen einer er es fur habe haben hat hier ich ihr im ist ja ' +
    'jetzt kann kein keine mal man mehr mein meine mich mir mit nach nicht noch nur oder schon sehr sein sich sie sind uber um und uns vom von vor ' +
    'war wenn wer wie wieder wir wird zu zum zur ' +
    'al como con del di e el en est et il je la las le les lo los ma mais mi nao non nous o os para pas per plus por pour que qui se si sur te tu un una ' +
    'une vous y'
  ).split(' '),
)

export const isEverydayWord = (norm: string): boolean => everyday.has(norm)
