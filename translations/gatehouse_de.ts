<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_US">
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>Sch&amp;ließen</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>&amp;Anwenden</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>&amp;Verwerfen</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::AdvancedPage</name>
    <message>
        <source>Advanced</source>
        <translation>Weiteres</translation>
    </message>
    <message>
        <source>Settings are kept in</source>
        <translation>Einstellungen stehen in</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Put everything back</source>
        <translation>Alles zurücksetzen</translation>
    </message>
    <message>
        <source>All settings as delivered, the sandbox instead of an environment among them; counts with Apply.</source>
        <translation>Alle Einstellungen wie ausgeliefert, auch die Sandbox statt einer Umgebung; gilt mit „Anwenden“.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::AnswerPage</name>
    <message>
        <source>Show in Traffic</source>
        <translation>Im Verkehr zeigen</translation>
    </message>
    <message>
        <source>How the result is shown</source>
        <translation>Wie das Ergebnis gezeigt wird</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>As it came</source>
        <translation>Wie es kam</translation>
    </message>
    <message>
        <source>Save files…</source>
        <translation>Dateien speichern…</translation>
    </message>
    <message>
        <source>Result as a table</source>
        <translation>Ergebnis als Tabelle</translation>
    </message>
    <message>
        <source>Result as text</source>
        <translation>Ergebnis als Text</translation>
    </message>
    <message>
        <source>Result as it came</source>
        <translation>Ergebnis, wie es kam</translation>
    </message>
    <message>
        <source>Not called yet</source>
        <translation>Noch nicht aufgerufen</translation>
    </message>
    <message>
        <source>What comes back is shown here.</source>
        <translation>Was zurückkommt, steht hier.</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>Noch nichts.</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Called as %1, %2</source>
        <translation>Aufgerufen als %1, %2</translation>
    </message>
    <message>
        <source>Called as %1</source>
        <translation>Aufgerufen als %1</translation>
    </message>
    <message>
        <source>There was no call</source>
        <translation>Es gab keinen Aufruf</translation>
    </message>
    <message>
        <source>Refused: 401, no token that is good here</source>
        <translation>Abgelehnt: 401, kein Token, der hier gilt</translation>
    </message>
    <message>
        <source>Refused: 403, this caller may not do it</source>
        <translation>Abgelehnt: 403, dieser Aufrufer darf es nicht</translation>
    </message>
    <message>
        <source>Error %1 of the server</source>
        <translation>Fehler %1 des Servers</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>Keine Antwort in der Zeit</translation>
    </message>
    <message>
        <source>Nobody answered</source>
        <translation>Niemand hat geantwortet</translation>
    </message>
    <message>
        <source>HTTP %1 and no answer of MCP</source>
        <translation>HTTP %1 und keine Antwort von MCP</translation>
    </message>
    <message>
        <source>What came is no answer of MCP</source>
        <translation>Was kam, ist keine Antwort von MCP</translation>
    </message>
    <message>
        <source>Nothing came.</source>
        <translation>Es kam nichts.</translation>
    </message>
    <message>
        <source>The tool says that it could not</source>
        <translation>Das Werkzeug sagt, dass es nicht konnte</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Beantwortet</translation>
    </message>
    <message>
        <source>Answered, entries: %1</source>
        <translation>Beantwortet, Einträge: %1</translation>
    </message>
    <message>
        <source>Picture, %1 by %2</source>
        <translation>Bild, %1 mal %2</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Bytes</translation>
    </message>
    <message>
        <source>Where to save the files</source>
        <translation>Wohin die Dateien gespeichert werden</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::AppearancePage</name>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Colours and text size count at once.</source>
        <translation>Farben und Schriftgröße gelten sofort.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>The language counts from the next start on.</source>
        <translation>Die Sprache gilt vom nächsten Start an.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::Banners</name>
    <message>
        <source>The issuer cannot be reached since %1: %2</source>
        <translation>Der Aussteller ist seit %1 nicht zu erreichen: %2</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Sandbox: tokens come from a stand-in for AuthKit on this computer.</source>
        <translation>Sandbox: Die Token kommen von einem Stellvertreter für AuthKit auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Use my AuthKit…</source>
        <translation>Mein AuthKit verwenden …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close this note</source>
        <translation>Diesen Hinweis schließen</translation>
    </message>
    <message>
        <source>Turn on</source>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Copy the secret</source>
        <translation>Geheimnis kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>The last session was cut off. Requests that were kept: %1</source>
        <translation>Die letzte Sitzung wurde abgebrochen. Anfragen, die erhalten sind: %1</translation>
    </message>
    <message>
        <source>What passes is not kept on disk now. %1</source>
        <translation>Was vorbeikommt, wird gerade nicht auf der Platte festgehalten. %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::CallPage</name>
    <message>
        <source>Tool</source>
        <translation>Tool</translation>
    </message>
    <message>
        <source>Arguments as JSON</source>
        <translation>Argumente als JSON</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Aufruf</translation>
    </message>
    <message>
        <source>The tools are known once tools/list has run.</source>
        <translation>Die Tools sind bekannt, sobald tools/list gelaufen ist.</translation>
    </message>
    <message>
        <source>The arguments must be one JSON object: %1</source>
        <translation>Die Argumente müssen ein JSON-Objekt sein: %1</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Tools</translation>
    </message>
    <message>
        <source>T&amp;ool</source>
        <translation>T&amp;ool</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::ChecksDesk</name>
    <message>
        <source>without authorization</source>
        <translation>ohne Autorisierung</translation>
    </message>
    <message>
        <source>sandbox</source>
        <translation>Sandbox</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::ChecksPage</name>
    <message>
        <source>Pass</source>
        <translation>Bestanden</translation>
    </message>
    <message>
        <source>Fail</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Not run</source>
        <translation>Nicht ausgeführt</translation>
    </message>
    <message>
        <source>Negative checks</source>
        <translation>Gegenproben</translation>
    </message>
    <message>
        <source>A server is only as good as what it refuses: each of these requests must be turned away, with the right answer.</source>
        <translation>Ein Server ist so gut wie das, was er ablehnt: Jede dieser Anfragen muss abgewiesen werden, mit der richtigen Antwort.</translation>
    </message>
    <message>
        <source>Run checks</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>Erwartet</translation>
    </message>
    <message>
        <source>Got</source>
        <translation>Erhalten</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Anmerkung</translation>
    </message>
    <message>
        <source>Request and answer of the check</source>
        <translation>Anfrage und Antwort der Prüfung</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <source>Show in Traffic</source>
        <translation>Im Verkehr zeigen</translation>
    </message>
    <message>
        <source>Running: %1 of %2</source>
        <translation>Läuft: %1 von %2</translation>
    </message>
    <message>
        <source>Not run yet.</source>
        <translation>Noch nicht ausgeführt.</translation>
    </message>
    <message>
        <source>%1 of %2 failed.</source>
        <translation>%1 von %2 fehlgeschlagen.</translation>
    </message>
    <message>
        <source>%1 passed, %2 not run.</source>
        <translation>%1 bestanden, %2 nicht ausgeführt.</translation>
    </message>
    <message>
        <source>%1 of %2 passed, none failed.</source>
        <translation>%1 von %2 bestanden, keine fehlgeschlagen.</translation>
    </message>
    <message>
        <source>%1 not run; the reason stands beside it.</source>
        <translation>%1 nicht ausgeführt; der Grund steht daneben.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1, expected %2, got %3: %4. %5</source>
        <translation>%1, erwartet %2, erhalten %3: %4. %5</translation>
    </message>
    <message>
        <source>Token that is not yet valid</source>
        <translation>Noch nicht gültiges Token</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::ChecksView</name>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>Run all</source>
        <translation>Alle ausführen</translation>
    </message>
    <message>
        <source>Asks the server and the issuer, and tries calls that have to be refused</source>
        <translation>Fragt den Server und den Aussteller und versucht Aufrufe, die abgewiesen werden müssen</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Diagnose kopieren</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Mend</source>
        <translation>Beheben</translation>
    </message>
    <message>
        <source>What the button changes</source>
        <translation>Was der Knopf ändert</translation>
    </message>
    <message>
        <source>Show in Traffic</source>
        <translation>Im Verkehr zeigen</translation>
    </message>
    <message>
        <source>Why it matters</source>
        <translation>Warum es zählt</translation>
    </message>
    <message>
        <source>checks that fail: %1</source>
        <translation>fehlgeschlagene Prüfungen: %1</translation>
    </message>
    <message>
        <source>remarks: %1</source>
        <translation>Hinweise: %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Fails %1</source>
        <translation>Fehler %1</translation>
    </message>
    <message>
        <source>Remarks %1</source>
        <translation>Hinweise %1</translation>
    </message>
    <message>
        <source>Not checked %1</source>
        <translation>Nicht geprüft %1</translation>
    </message>
    <message>
        <source>Passes %1</source>
        <translation>Bestanden %1</translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>Alle %1</translation>
    </message>
    <message>
        <source>Settings › %1 › %2. Taken over at once, and it can be undone.</source>
        <translation>Einstellungen › %1 › %2. Gilt sofort und lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>None of them.</source>
        <translation>Keine davon.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::Checkup</name>
    <message>
        <source>not looked at yet</source>
        <translation>noch nicht angesehen</translation>
    </message>
    <message>
        <source>the server does not run</source>
        <translation>der Server läuft nicht</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>The server listens</source>
        <translation>Der Server lauscht</translation>
    </message>
    <message>
        <source>Nobody can reach it until that is put right.</source>
        <translation>Niemand erreicht ihn, bis das behoben ist.</translation>
    </message>
    <message>
        <source>Use port %1</source>
        <translation>Port %1 nehmen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>it is stopped</source>
        <translation>er ist angehalten</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Only this computer can reach it</source>
        <translation>Nur dieser Rechner erreicht ihn</translation>
    </message>
    <message>
        <source>Tokens go over the network as they are, unless something before this server has TLS.</source>
        <translation>Token gehen offen über das Netz, wenn nicht etwas vor diesem Server TLS spricht.</translation>
    </message>
    <message>
        <source>127.0.0.1 alone, port %1; Host and Origin are checked</source>
        <translation>nur 127.0.0.1, Port %1; Host und Origin werden geprüft</translation>
    </message>
    <message>
        <source>127.0.0.1 and ::1, port %1; Host and Origin are checked</source>
        <translation>127.0.0.1 und ::1, Port %1; Host und Origin werden geprüft</translation>
    </message>
    <message>
        <source>Whoever has no token is refused</source>
        <translation>Wer kein Token hat, wird abgewiesen</translation>
    </message>
    <message>
        <source>nobody is asked for a token</source>
        <translation>niemand wird nach einem Token gefragt</translation>
    </message>
    <message>
        <source>Every program on this computer can call every tool.</source>
        <translation>Jedes Programm auf diesem Rechner kann jedes Werkzeug aufrufen.</translation>
    </message>
    <message>
        <source>Ask for tokens</source>
        <translation>Token verlangen</translation>
    </message>
    <message>
        <source>asking</source>
        <translation>wird gefragt</translation>
    </message>
    <message>
        <source>401 with the place of the metadata; browsers may read it, too</source>
        <translation>401 mit dem Ort der Metadaten; auch Browser dürfen sie lesen</translation>
    </message>
    <message>
        <source>401 with the place of the metadata</source>
        <translation>401 mit dem Ort der Metadaten</translation>
    </message>
    <message>
        <source>it was let in</source>
        <translation>die Anfrage kam durch</translation>
    </message>
    <message>
        <source>401 that names no place of metadata %1</source>
        <translation>401 ohne den Ort der Metadaten %1</translation>
    </message>
    <message>
        <source>no answer: %1</source>
        <translation>keine Antwort: %1</translation>
    </message>
    <message>
        <source>Clients learn from this answer where to sign in.</source>
        <translation>Aus dieser Antwort erfahren Clients, wo sie sich anmelden.</translation>
    </message>
    <message>
        <source>Pages of elsewhere are turned away</source>
        <translation>Fremde Seiten werden abgewiesen</translation>
    </message>
    <message>
        <source>%1 for https://attacker.example</source>
        <translation>%1 für https://attacker.example</translation>
    </message>
    <message>
        <source>Any page that a browser on this computer shows may call the server.</source>
        <translation>Jede Seite, die ein Browser auf diesem Rechner zeigt, darf den Server aufrufen.</translation>
    </message>
    <message>
        <source>Forged calls are refused</source>
        <translation>Gefälschte Aufrufe werden abgewiesen</translation>
    </message>
    <message>
        <source>Try them</source>
        <translation>Versuchen</translation>
    </message>
    <message>
        <source>%1 tried so far</source>
        <translation>%1 bisher versucht</translation>
    </message>
    <message>
        <source>not tried: they leave rows in the traffic</source>
        <translation>nicht versucht: sie hinterlassen Zeilen im Verkehr</translation>
    </message>
    <message>
        <source>%1 of %2 refused</source>
        <translation>%1 von %2 abgewiesen</translation>
    </message>
    <message>
        <source>Not refused as it has to be: %1.</source>
        <translation>Nicht so abgewiesen, wie es sein muss: %1.</translation>
    </message>
    <message>
        <source>A person who opens the address gets a page</source>
        <translation>Wer die Adresse im Browser öffnet, bekommt eine Seite</translation>
    </message>
    <message>
        <source>text/html for browsers, JSON for programs</source>
        <translation>text/html für Browser, JSON für Programme</translation>
    </message>
    <message>
        <source>Every rule protects something</source>
        <translation>Jede Regel schützt etwas</translation>
    </message>
    <message>
        <source>there are no rules</source>
        <translation>es gibt keine Regeln</translation>
    </message>
    <message>
        <source>rules: %1</source>
        <translation>Regeln: %1</translation>
    </message>
    <message>
        <source>there is no tool %1</source>
        <translation>es gibt kein Werkzeug %1</translation>
    </message>
    <message>
        <source>A rule for a tool that does not exist protects nothing, most likely because of a slip in its name.</source>
        <translation>Eine Regel für ein Werkzeug, das es nicht gibt, schützt nichts; meist ist der Name verschrieben.</translation>
    </message>
    <message>
        <source>The database of the documents answers</source>
        <translation>Die Datenbank der Dokumente antwortet</translation>
    </message>
    <message>
        <source>The tools for documents answer with that sentence meanwhile.</source>
        <translation>Die Werkzeuge für Dokumente antworten so lange mit diesem Satz.</translation>
    </message>
    <message>
        <source>Clients find out where to sign in</source>
        <translation>Clients finden heraus, wo sie sich anmelden</translation>
    </message>
    <message>
        <source>the same behind the path and at the root; its resource is this address</source>
        <translation>dasselbe hinter dem Pfad und an der Wurzel; resource ist diese Adresse</translation>
    </message>
    <message>
        <source>the two places say different things</source>
        <translation>die beiden Orte sagen Verschiedenes</translation>
    </message>
    <message>
        <source>at neither place: %1</source>
        <translation>an keinem der Orte: %1</translation>
    </message>
    <message>
        <source>Clients come by the address that they are told</source>
        <translation>Clients kommen über die Adresse, die ihnen genannt wird</translation>
    </message>
    <message>
        <source>Tokens are made for the address that clients are told. Set it to the one that they use.</source>
        <translation>Token werden für die Adresse gemacht, die Clients genannt wird. Stellen Sie die ein, die sie benutzen.</translation>
    </message>
    <message>
        <source>What is needed can be asked for</source>
        <translation>Was gebraucht wird, kann erbeten werden</translation>
    </message>
    <message>
        <source>every call needs %1, which is not advertised</source>
        <translation>jeder Aufruf braucht %1, das nicht angeboten wird</translation>
    </message>
    <message>
        <source>%1 needs %2, which is not advertised</source>
        <translation>%1 braucht %2, das nicht angeboten wird</translation>
    </message>
    <message>
        <source>nothing here needs a scope</source>
        <translation>nichts hier braucht einen Scope</translation>
    </message>
    <message>
        <source>all scopes that are needed are advertised</source>
        <translation>alle nötigen Scopes werden angeboten</translation>
    </message>
    <message>
        <source>Clients ask for what is advertised, sign in well, and are then refused with 403.</source>
        <translation>Clients bitten um das, was angeboten wird, melden sich an und werden dann mit 403 abgewiesen.</translation>
    </message>
    <message>
        <source>Advertise %1</source>
        <translation>%1 anbieten</translation>
    </message>
    <message>
        <source>Clients may stay signed in</source>
        <translation>Clients können angemeldet bleiben</translation>
    </message>
    <message>
        <source>offline_access is advertised</source>
        <translation>offline_access wird angeboten</translation>
    </message>
    <message>
        <source>offline_access is not advertised</source>
        <translation>offline_access wird nicht angeboten</translation>
    </message>
    <message>
        <source>Without it there is no refresh token: people sign in again whenever their token has expired.</source>
        <translation>Ohne es gibt es kein Refresh-Token: man meldet sich neu an, sobald das Token abgelaufen ist.</translation>
    </message>
    <message>
        <source>It answers, and is whom it says</source>
        <translation>Er antwortet und ist, wer er sagt</translation>
    </message>
    <message>
        <source>it calls itself %1</source>
        <translation>er nennt sich %1</translation>
    </message>
    <message>
        <source>no document can be read</source>
        <translation>kein Dokument ist lesbar</translation>
    </message>
    <message>
        <source>Nobody can sign in until it answers as %1.</source>
        <translation>Niemand kann sich anmelden, bis er als %1 antwortet.</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Noch einmal fragen</translation>
    </message>
    <message>
        <source>PKCE with S256</source>
        <translation>PKCE mit S256</translation>
    </message>
    <message>
        <source>S256 is not among code_challenge_methods_supported</source>
        <translation>S256 steht nicht in code_challenge_methods_supported</translation>
    </message>
    <message>
        <source>MCP clients refuse to sign in there.</source>
        <translation>MCP-Clients melden sich dort nicht an.</translation>
    </message>
    <message>
        <source>Clients can register</source>
        <translation>Clients können sich registrieren</translation>
    </message>
    <message>
        <source>switched on; asked with an empty form, no client was left behind</source>
        <translation>eingeschaltet; mit leerem Formular gefragt, kein Client blieb zurück</translation>
    </message>
    <message>
        <source>switched on, and it made a client of an empty form</source>
        <translation>eingeschaltet, und aus einem leeren Formular wurde ein Client</translation>
    </message>
    <message>
        <source>switched off; clients&apos; own documents are read</source>
        <translation>ausgeschaltet; eigene Dokumente der Clients werden gelesen</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>ausgeschaltet</translation>
    </message>
    <message>
        <source>DCR is disabled for this environment: enable it in Dashboard &gt; Connect &gt; Configuration. Until then only clients with an ID of their own can sign in.</source>
        <translation>DCR ist für diese Umgebung ausgeschaltet: einschalten unter Dashboard &gt; Connect &gt; Configuration. Bis dahin können sich nur Clients mit eigener ID anmelden.</translation>
    </message>
    <message>
        <source>Open dashboard</source>
        <translation>Dashboard öffnen</translation>
    </message>
    <message>
        <source>This address stands in the list</source>
        <translation>Diese Adresse steht in der Liste</translation>
    </message>
    <message>
        <source>the sandbox makes tokens for any address</source>
        <translation>die Sandbox macht Token für jede Adresse</translation>
    </message>
    <message>
        <source>that needs an API key of WorkOS</source>
        <translation>dazu braucht es einen API-Schlüssel von WorkOS</translation>
    </message>
    <message>
        <source>Under MCP resource indicators must stand exactly %1.</source>
        <translation>Unter MCP resource indicators muss genau %1 stehen.</translation>
    </message>
    <message>
        <source>API key…</source>
        <translation>API-Schlüssel …</translation>
    </message>
    <message>
        <source>%1 is not among the MCP resource indicators</source>
        <translation>%1 steht nicht unter den MCP resource indicators</translation>
    </message>
    <message>
        <source>People sign in well, and every call is refused: their tokens are made for another address.</source>
        <translation>Die Anmeldung gelingt, und jeder Aufruf wird abgewiesen: die Token sind für eine andere Adresse gemacht.</translation>
    </message>
    <message>
        <source>Add it</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Refresh tokens can be had</source>
        <translation>Refresh-Token sind zu haben</translation>
    </message>
    <message>
        <source>its documents name no scopes</source>
        <translation>seine Dokumente nennen keine Scopes</translation>
    </message>
    <message>
        <source>offline_access is among its scopes</source>
        <translation>offline_access ist unter seinen Scopes</translation>
    </message>
    <message>
        <source>offline_access is not among its scopes</source>
        <translation>offline_access ist nicht unter seinen Scopes</translation>
    </message>
    <message>
        <source>People sign in again whenever their token has expired.</source>
        <translation>Man meldet sich neu an, sobald das Token abgelaufen ist.</translation>
    </message>
    <message>
        <source>Its keys can be read</source>
        <translation>Seine Schlüssel sind lesbar</translation>
    </message>
    <message>
        <source>%1 of use (%2), %3 of none</source>
        <translation>%1 brauchbar (%2), %3 unbrauchbar</translation>
    </message>
    <message>
        <source>The keys from before are used meanwhile; a new key is not known.</source>
        <translation>So lange gelten die Schlüssel von vorher; ein neuer ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Every call with a token is answered with 503 until they can be read.</source>
        <translation>Jeder Aufruf mit Token wird mit 503 beantwortet, bis sie lesbar sind.</translation>
    </message>
    <message>
        <source>The clocks agree</source>
        <translation>Die Uhren stimmen überein</translation>
    </message>
    <message>
        <source>%1 s apart by its Date header; tolerance is %2 s</source>
        <translation>%1 s auseinander nach seinem Date-Feld; die Toleranz ist %2 s</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is behind: fresh tokens look as if they were not valid yet.</source>
        <translation>Die Uhr dieses Rechners geht nach: frische Token sehen aus, als gälten sie noch nicht.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is ahead: tokens expire here too early.</source>
        <translation>Die Uhr dieses Rechners geht vor: Token laufen hier zu früh ab.</translation>
    </message>
    <message>
        <source>Signatures are checked</source>
        <translation>Signaturen werden geprüft</translation>
    </message>
    <message>
        <source>verifyJwt is on</source>
        <translation>verifyJwt ist an</translation>
    </message>
    <message>
        <source>verifyJwt is off</source>
        <translation>verifyJwt ist aus</translation>
    </message>
    <message>
        <source>Anybody can write a token and be let in as whoever they like.</source>
        <translation>Jeder kann sich ein Token schreiben und kommt herein, als wer er will.</translation>
    </message>
    <message>
        <source>Check them</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>All clients speak a current revision</source>
        <translation>Alle Clients sprechen eine aktuelle Revision</translation>
    </message>
    <message>
        <source>%1 speaks %2</source>
        <translation>%1 spricht %2</translation>
    </message>
    <message>
        <source>nobody is there</source>
        <translation>niemand ist da</translation>
    </message>
    <message>
        <source>clients: %1</source>
        <translation>Clients: %1</translation>
    </message>
    <message>
        <source>It works, without what newer revisions have. A newer version of the client may speak one.</source>
        <translation>Es geht, ohne das, was neuere Revisionen haben. Eine neuere Version des Clients spricht vielleicht eine.</translation>
    </message>
    <message>
        <source>Show the clients</source>
        <translation>Clients zeigen</translation>
    </message>
    <message>
        <source>Secrets are kept safe</source>
        <translation>Geheimnisse sind sicher verwahrt</translation>
    </message>
    <message>
        <source>in the keyring of this computer</source>
        <translation>im Schlüsselbund dieses Rechners</translation>
    </message>
    <message>
        <source>The sandbox asks who signs in</source>
        <translation>Die Sandbox fragt, wer sich anmeldet</translation>
    </message>
    <message>
        <source>its page is shown</source>
        <translation>ihre Seite wird gezeigt</translation>
    </message>
    <message>
        <source>%1 is signed in without a question</source>
        <translation>%1 wird ohne Frage angemeldet</translation>
    </message>
    <message>
        <source>Every program on this computer gets that person&apos;s token.</source>
        <translation>Jedes Programm auf diesem Rechner bekommt das Token dieser Person.</translation>
    </message>
    <message>
        <source>This server</source>
        <translation>Dieser Server</translation>
    </message>
    <message>
        <source>What it says of itself</source>
        <translation>Was er von sich sagt</translation>
    </message>
    <message>
        <source>Authorization server</source>
        <translation>Autorisierungsserver</translation>
    </message>
    <message>
        <source>Keys and clock</source>
        <translation>Schlüssel und Uhr</translation>
    </message>
    <message>
        <source>Clients and people</source>
        <translation>Clients und Personen</translation>
    </message>
    <message>
        <source>Clients are told this address, and tokens are made for it.</source>
        <translation>Diese Adresse wird Clients genannt, und für sie werden Token gemacht.</translation>
    </message>
    <message>
        <source>An MCP server on a developer&apos;s computer is for that computer. Names and pages of elsewhere are turned away, so that no page can use it through the browser.</source>
        <translation>Ein MCP-Server auf einem Entwicklerrechner ist für diesen Rechner da. Fremde Namen und Seiten werden abgewiesen, damit ihn keine Seite durch den Browser benutzt.</translation>
    </message>
    <message>
        <source>The sign-in of every MCP client begins with a refusal: its challenge names the metadata, and that names who signs people in (RFC 9728).</source>
        <translation>Die Anmeldung jedes MCP-Clients beginnt mit einer Abweisung: sie nennt die Metadaten, und die nennen, wer anmeldet (RFC 9728).</translation>
    </message>
    <message>
        <source>A page can have a browser send requests to this computer. Its Origin gives it away, and MCP says that servers have to look at it.</source>
        <translation>Eine Seite kann einen Browser Anfragen an diesen Rechner senden lassen. Ihr Origin verrät sie, und MCP verlangt, dass Server ihn ansehen.</translation>
    </message>
    <message>
        <source>People open the address to see whether it works.</source>
        <translation>Leute öffnen die Adresse, um zu sehen, ob es geht.</translation>
    </message>
    <message>
        <source>A rule says who may call a tool. It is found by the tool&apos;s name.</source>
        <translation>Eine Regel sagt, wer ein Werkzeug aufrufen darf. Gefunden wird sie über dessen Namen.</translation>
    </message>
    <message>
        <source>The tools for documents keep them in a database, each organization&apos;s apart.</source>
        <translation>Die Werkzeuge für Dokumente halten sie in einer Datenbank, die jeder Organisation getrennt.</translation>
    </message>
    <message>
        <source>Some clients read the document behind the path, some the one at the root; what it calls the resource has to be this address to the byte (RFC 9728 §3.3).</source>
        <translation>Manche Clients lesen das Dokument hinter dem Pfad, manche das an der Wurzel; was es resource nennt, muss aufs Byte diese Adresse sein (RFC 9728 §3.3).</translation>
    </message>
    <message>
        <source>Something passes requests on that came to another address. Who signs in there gets a token for that one.</source>
        <translation>Etwas reicht Anfragen weiter, die an eine andere Adresse kamen. Wer sich dort anmeldet, bekommt ein Token für jene.</translation>
    </message>
    <message>
        <source>With AuthKit a client that registers itself gets only the four standard scopes. What roles allow is better asked of the token&apos;s permissions, which need no scope.</source>
        <translation>Bei AuthKit bekommt ein Client, der sich selbst registriert, nur die vier üblichen Scopes. Was Rollen erlauben, fragt man besser bei den Berechtigungen des Tokens ab; die brauchen keinen Scope.</translation>
    </message>
    <message>
        <source>AuthKit&apos;s access tokens live for five minutes unless the dashboard says otherwise. With a refresh token nobody notices.</source>
        <translation>AuthKits Access-Token gelten fünf Minuten, wenn das Dashboard nichts anderes sagt. Mit einem Refresh-Token merkt das niemand.</translation>
    </message>
    <message>
        <source>Clients compare what it calls itself with what they were told, byte for byte, and go no further where they differ (RFC 8414 §3.3).</source>
        <translation>Clients vergleichen Byte für Byte, wie er sich nennt und wie er ihnen genannt wurde, und brechen ab, wo es abweicht (RFC 8414 §3.3).</translation>
    </message>
    <message>
        <source>Without it a code that is overheard is worth a token. MCP wants it of everybody.</source>
        <translation>Ohne es ist ein mitgelesener Code ein Token wert. MCP verlangt es von allen.</translation>
    </message>
    <message>
        <source>MCP clients do not know this server beforehand. They register themselves, or publish a document about themselves.</source>
        <translation>MCP-Clients kennen diesen Server vorher nicht. Sie registrieren sich selbst oder veröffentlichen ein Dokument über sich.</translation>
    </message>
    <message>
        <source>WorkOS makes tokens only for addresses that stand in its list, byte for byte. For others it makes one without an audience of use, and says nothing.</source>
        <translation>WorkOS macht Token nur für Adressen, die Byte für Byte in seiner Liste stehen. Für andere macht es eins ohne brauchbare Audience und sagt nichts.</translation>
    </message>
    <message>
        <source>The keys show whether the issuer signed a token. They are kept, and read again when an unknown one is named.</source>
        <translation>Die Schlüssel zeigen, ob der Aussteller ein Token signiert hat. Sie werden behalten und neu gelesen, wenn ein unbekannter genannt wird.</translation>
    </message>
    <message>
        <source>Whether a token has expired is a question of two clocks: the issuer&apos;s, which wrote the time, and this computer&apos;s, which reads it.</source>
        <translation>Ob ein Token abgelaufen ist, hängt von zwei Uhren ab: der des Ausstellers, der die Zeit schrieb, und der dieses Rechners, der sie liest.</translation>
    </message>
    <message>
        <source>Without its signature a token is only a text that says who sent it.</source>
        <translation>Ohne Signatur ist ein Token nur ein Text, der sagt, wer ihn geschickt hat.</translation>
    </message>
    <message>
        <source>Clients and servers agree on a revision of MCP. Older ones lack what came later.</source>
        <translation>Clients und Server einigen sich auf eine Revision von MCP. Älteren fehlt, was später kam.</translation>
    </message>
    <message>
        <source>Refresh tokens and the API key are kept where the system keeps passwords.</source>
        <translation>Refresh-Token und API-Schlüssel liegen, wo das System Passwörter verwahrt.</translation>
    </message>
    <message>
        <source>For tests without a person it can sign one in by itself.</source>
        <translation>Für Tests ohne Person kann sie jemanden von selbst anmelden.</translation>
    </message>
    <message>
        <source>Fails</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>Bestanden</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>1 of %1 checks fails</source>
        <translation>1 von %1 Prüfungen schlägt fehl</translation>
    </message>
    <message>
        <source>%1 of %2 checks fail</source>
        <translation>%1 von %2 Prüfungen schlagen fehl</translation>
    </message>
    <message>
        <source>Nothing fails, remarks: %1</source>
        <translation>Nichts schlägt fehl, Hinweise: %1</translation>
    </message>
    <message>
        <source>Nothing fails</source>
        <translation>Nichts schlägt fehl</translation>
    </message>
    <message>
        <source>%1, %2 could not be made</source>
        <translation>%1, %2 nicht geprüft</translation>
    </message>
    <message>
        <source>%1 refused, %2 of them not tried</source>
        <translation>%1 abgewiesen, %2 nicht versucht</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>Es wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Only an issuer can make the others. After a sign-in the Sign-in view makes some of them of your own token.</source>
        <translation>Die anderen kann nur ein Aussteller machen. Nach einer Anmeldung macht die Ansicht Anmelden einige davon aus Ihrem eigenen Token.</translation>
    </message>
    <message>
        <source>organizations that have some: %1</source>
        <translation>Organisationen, die welche haben: %1</translation>
    </message>
    <message>
        <source>Some clients do not find out where to sign in, or take this server for another one.</source>
        <translation>Manche Clients finden nicht heraus, wo sie sich anmelden, oder halten diesen Server für einen anderen.</translation>
    </message>
    <message>
        <source>nobody has come yet</source>
        <translation>noch ist niemand gekommen</translation>
    </message>
    <message>
        <source>Whether clients can register is not known.</source>
        <translation>Ob Clients sich registrieren können, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The sandbox was told to refuse it: Sign-in › Sandbox: break something.</source>
        <translation>Der Sandbox wurde gesagt, sie abzuweisen: Anmelden › Sandbox: etwas kaputt machen.</translation>
    </message>
    <message>
        <source>in memory alone, until the program ends: this computer has no keyring</source>
        <translation>nur im Speicher, bis das Programm endet: dieser Rechner hat keinen Schlüsselbund</translation>
    </message>
    <message>
        <source>What is forged, expired, or made for somebody else must not get in. Up to eleven calls of that kind are tried, and each has to be refused in its own way.</source>
        <translation>Was gefälscht, abgelaufen oder für jemand anderen gemacht ist, darf nicht hinein. Bis zu elf solche Aufrufe werden versucht, und jeder muss auf seine Weise abgewiesen werden.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::ChoicesEditor</name>
    <message>
        <source>another one</source>
        <translation>noch eines</translation>
    </message>
    <message>
        <source>%1: another one</source>
        <translation>%1: noch eines</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::ClientForm</name>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client-ID</translation>
    </message>
    <message>
        <source>of a public Connect application</source>
        <translation>einer öffentlichen Connect-Anwendung</translation>
    </message>
    <message>
        <source>Use a kept sign-in</source>
        <translation>Gespeicherte Anmeldung nutzen</translation>
    </message>
    <message>
        <source>Tries the token of an earlier sign-in first, as `gatehouse call` does.</source>
        <translation>Versucht zuerst das Token einer früheren Anmeldung, wie `gatehouse call`.</translation>
    </message>
    <message>
        <source>as the server asks</source>
        <translation>wie der Server verlangt</translation>
    </message>
    <message>
        <source>another scope</source>
        <translation>weiterer Scope</translation>
    </message>
    <message>
        <source>Another scope</source>
        <translation>Weiterer Scope</translation>
    </message>
    <message>
        <source>Redirect address</source>
        <translation>Rücksprungadresse</translation>
    </message>
    <message>
        <source>Copy redirect address</source>
        <translation>Rücksprungadresse kopieren</translation>
    </message>
    <message>
        <source>Redirect</source>
        <translation>Rücksprung</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>Scopes</translation>
    </message>
    <message>
        <source>Type the address of an MCP server.</source>
        <translation>Geben Sie die Adresse eines MCP-Servers ein.</translation>
    </message>
    <message>
        <source>This is no address: it begins with https:// or, on this machine, with http://.</source>
        <translation>Das ist keine Adresse: Sie beginnt mit https:// oder, auf diesem Rechner, mit http://.</translation>
    </message>
    <message>
        <source>The address may hold neither a password nor a part behind #.</source>
        <translation>Die Adresse darf weder ein Passwort noch einen Teil hinter # enthalten.</translation>
    </message>
    <message>
        <source>Only https, or http to this machine: a token would travel in the open.</source>
        <translation>Nur https, oder http zu diesem Rechner: Ein Token würde offen übertragen.</translation>
    </message>
    <message>
        <source>Type the client ID, or register.</source>
        <translation>Geben Sie die Client-ID ein, oder registrieren Sie.</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Se&amp;rver</source>
        <translation>Se&amp;rver</translation>
    </message>
    <message>
        <source>On the port of this server the redirect address is %1.</source>
        <translation>Auf dem Port dieses Servers ist die Redirect-Adresse %1.</translation>
    </message>
    <message>
        <source>Metadata URL</source>
        <translation>Metadaten-URL</translation>
    </message>
    <message>
        <source>The client is the address of a document that says who it is (CIMD). Where the server reads none, it registers.</source>
        <translation>Der Client ist die Adresse eines Dokuments, das sagt, wer er ist (CIMD). Wo der Server keine liest, registriert er sich.</translation>
    </message>
    <message>
        <source>How to sign in</source>
        <translation>Wie angemeldet wird</translation>
    </message>
    <message>
        <source>Si&amp;gn in</source>
        <translation>An&amp;melden</translation>
    </message>
    <message>
        <source>This is no metadata URL: %1</source>
        <translation>Das ist keine Metadaten-URL: %1</translation>
    </message>
    <message>
        <source>of the program</source>
        <translation>des Programms</translation>
    </message>
    <message>
        <source>Register a new client</source>
        <translation>Neuen Client registrieren</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::ClientPages</name>
    <message>
        <source>Copied. The address is good for this sign-in only.</source>
        <translation>Kopiert. Die Adresse gilt nur für diese Anmeldung.</translation>
    </message>
    <message>
        <source>Copied. Type or paste it on the page of the sign-in.</source>
        <translation>Kopiert. Auf der Seite der Anmeldung eingeben oder einfügen.</translation>
    </message>
    <message>
        <source>Copied the token itself. Whoever has it is the user until it expires.</source>
        <translation>Das Token selbst wurde kopiert. Wer es hat, ist der Benutzer, bis es abläuft.</translation>
    </message>
    <message>
        <source>The clipboard does not hold the address at which this sign-in ends.</source>
        <translation>Die Zwischenablage enthält nicht die Adresse, bei der diese Anmeldung endet.</translation>
    </message>
    <message>
        <source>Forgotten. Start over to sign in again.</source>
        <translation>Vergessen. Beginnen Sie von vorn, um sich wieder anzumelden.</translation>
    </message>
    <message>
        <source>Nothing was forgotten. %1</source>
        <translation>Es wurde nichts vergessen. %1</translation>
    </message>
    <message>
        <source>Forgotten, and taken back at WorkOS. Start over to sign in again.</source>
        <translation>Vergessen und bei WorkOS zurückgenommen. Für eine neue Anmeldung neu beginnen.</translation>
    </message>
    <message>
        <source>Forgotten. WorkOS knew of no consent for this client.</source>
        <translation>Vergessen. WorkOS kannte keine Zustimmung für diesen Client.</translation>
    </message>
    <message>
        <source>There is no refresh token: ask for offline_access and sign in again.</source>
        <translation>Es gibt kein Refresh-Token: Verlangen Sie offline_access und melden Sie sich erneut an.</translation>
    </message>
    <message>
        <source>It is no JWT, so the client cannot read it.</source>
        <translation>Es ist kein JWT, also kann der Client es nicht lesen.</translation>
    </message>
    <message>
        <source>It is not a server of this program: only its answer is known.</source>
        <translation>Es ist kein Server dieses Programms: Nur seine Antwort ist bekannt.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::ClientView</name>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>Run all</source>
        <translation>Alle ausführen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>Von vorn</translation>
    </message>
    <message>
        <source>Copied. Add it to the dashboard exactly so.</source>
        <translation>Kopiert. Tragen Sie es genau so im Dashboard ein.</translation>
    </message>
    <message>
        <source>Negative checks</source>
        <translation>Gegenproben</translation>
    </message>
    <message>
        <source>Copied the report. Its secrets are masked.</source>
        <translation>Bericht kopiert. Seine Geheimnisse sind maskiert.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::ClientWords</name>
    <message>
        <source>A client asks without a token first: the refusal says where to get one.</source>
        <translation>Ein Client fragt zuerst ohne Token: Die Ablehnung sagt, wo es eines gibt.</translation>
    </message>
    <message>
        <source>The server&apos;s own document says which authorization server it trusts, and for which resource a token must be.</source>
        <translation>Das eigene Dokument des Servers sagt, welchem Autorisierungsserver er vertraut und für welche Ressource ein Token sein muss.</translation>
    </message>
    <message>
        <source>The authorization server&apos;s documents name its addresses and say whether it knows PKCE and registration.</source>
        <translation>Die Dokumente des Autorisierungsservers nennen seine Adressen und sagen, ob er PKCE und Registrierung kennt.</translation>
    </message>
    <message>
        <source>The authorization server must know who is asking, and where it may send the answer.</source>
        <translation>Der Autorisierungsserver muss wissen, wer fragt und wohin er die Antwort senden darf.</translation>
    </message>
    <message>
        <source>The user signs in with the authorization server itself, so that this program never sees a password.</source>
        <translation>Der Benutzer meldet sich beim Autorisierungsserver selbst an, sodass dieses Programm nie ein Passwort sieht.</translation>
    </message>
    <message>
        <source>The code from the browser is worth nothing without the verifier that only this program has: both together get the tokens.</source>
        <translation>Der Code aus dem Browser ist nichts wert ohne den Verifier, den nur dieses Programm hat: Beide zusammen holen die Token.</translation>
    </message>
    <message>
        <source>With the token the server lets the client in, and both agree on a revision.</source>
        <translation>Mit dem Token lässt der Server den Client ein, und beide einigen sich auf eine Revision.</translation>
    </message>
    <message>
        <source>What the server offers to this user.</source>
        <translation>Was der Server diesem Benutzer anbietet.</translation>
    </message>
    <message>
        <source>A tool runs in the name of the user whom the token names.</source>
        <translation>Ein Tool läuft im Namen des Benutzers, den das Token nennt.</translation>
    </message>
    <message>
        <source>An access token lives for minutes. The refresh token gets the next one without the user.</source>
        <translation>Ein Access-Token lebt Minuten. Das Refresh-Token holt das nächste ohne den Benutzer.</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>steht aus</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>Open dashboard</source>
        <translation>Dashboard öffnen</translation>
    </message>
    <message>
        <source>Use a client ID…</source>
        <translation>Client-ID verwenden …</translation>
    </message>
    <message>
        <source>Allow registration</source>
        <translation>Registrierung erlauben</translation>
    </message>
    <message>
        <source>Copy resource</source>
        <translation>Ressource kopieren</translation>
    </message>
    <message>
        <source>Register again</source>
        <translation>Neu registrieren</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Erneut anmelden</translation>
    </message>
    <message>
        <source>Trust it and go on</source>
        <translation>Vertrauen und weiter</translation>
    </message>
    <message>
        <source>Go on all the same</source>
        <translation>Trotzdem weiter</translation>
    </message>
    <message>
        <source>The user signs in with a browser anywhere, and types a code there that belongs to this run.</source>
        <translation>Der Benutzer meldet sich mit irgendeinem Browser an und gibt dort einen Code ein, der zu diesem Lauf gehört.</translation>
    </message>
    <message>
        <source>Tokens are asked for again and again, until the user has typed the code.</source>
        <translation>Es wird immer wieder nach Tokens gefragt, bis der Benutzer den Code eingegeben hat.</translation>
    </message>
    <message>
        <source>A program signs in in its own name, with its secret or its key.</source>
        <translation>Ein Programm meldet sich im eigenen Namen an, mit seinem Geheimnis oder Schlüssel.</translation>
    </message>
    <message>
        <source>An assertion of where the program runs is exchanged for tokens.</source>
        <translation>Eine Assertion darüber, wo das Programm läuft, wird gegen Tokens getauscht.</translation>
    </message>
    <message>
        <source>The identity provider exchanges the ID token for an assertion that the authorization server takes.</source>
        <translation>Der Identitätsanbieter tauscht das ID-Token gegen eine Assertion, die der Autorisierungsserver annimmt.</translation>
    </message>
    <message>
        <source>That assertion is exchanged for tokens.</source>
        <translation>Diese Assertion wird gegen Tokens getauscht.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::ClientsView</name>
    <message>
        <source>Copy client ID</source>
        <translation>Client-ID kopieren</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Clients</translation>
    </message>
    <message numerus="yes">
        <source>%n connected</source>
        <translation>
            <numerusform>%n verbunden</numerusform>
            <numerusform>%n verbunden</numerusform>
        </translation>
    </message>
    <message>
        <source>The server is stopped</source>
        <translation>Der Server ist angehalten</translation>
    </message>
    <message>
        <source>No client can come.</source>
        <translation>Kein Client kann kommen.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>No client yet</source>
        <translation>Noch kein Client</translation>
    </message>
    <message>
        <source>Point an MCP client at %1. Whoever calls is listed here: program, user, what was spoken, and how it went.</source>
        <translation>Ein MCP-Client kann sich nun mit %1 verbinden. Wer aufruft, steht hier: Programm, Benutzer, was gesprochen wurde und wie es ausging.</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Show its requests</source>
        <translation>Seine Anfragen zeigen</translation>
    </message>
    <message>
        <source>End session…</source>
        <translation>Sitzung beenden …</translation>
    </message>
    <message>
        <source>End session</source>
        <translation>Sitzung beenden</translation>
    </message>
    <message>
        <source>End the session of %1 for %2? Its streams and calls under way end, and it has to begin a new one.</source>
        <translation>Die Sitzung von %1 für %2 beenden? Ihre Streams und laufenden Aufrufe enden, und der Client muss eine neue beginnen.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>a client without a name</source>
        <translation>einem Client ohne Namen</translation>
    </message>
    <message>
        <source>End the session of %1? Its streams and calls under way end, and it has to begin a new one.</source>
        <translation>Die Sitzung von %1 beenden? Ihre Datenströme und laufenden Aufrufe enden, und der Client muss eine neue beginnen.</translation>
    </message>
    <message>
        <source>Connect a client…</source>
        <translation>Client verbinden …</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::Connect</name>
    <message>
        <source>It called without a token, and has not asked where to sign in</source>
        <translation>Er hat ohne Token aufgerufen und nicht gefragt, wo er sich anmelden soll</translation>
    </message>
    <message>
        <source>Either it waits until it is told to, or it knows no OAuth. %1</source>
        <translation>Entweder wartet er, bis man es ihm sagt, oder er kann kein OAuth. %1</translation>
    </message>
    <message>
        <source>Nothing has come</source>
        <translation>Es ist nichts gekommen</translation>
    </message>
    <message>
        <source>%1 does not know this server yet, or has not looked at its list again. %2</source>
        <translation>%1 kennt diesen Server noch nicht oder hat seine Liste nicht neu gelesen. %2</translation>
    </message>
    <message>
        <source>%1 cannot be understood at line %2, column %3: %4. It is left alone.</source>
        <translation>%1 ist in Zeile %2, Spalte %3 nicht zu verstehen: %4. Die Datei bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>%1 has something else where “%2” should hold the servers. It is left alone.</source>
        <translation>In %1 steht etwas anderes, wo „%2“ die Server halten sollte. Die Datei bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>%1 is written in a way in which a change might touch something else. It is left alone: copy the entry into it by hand.</source>
        <translation>%1 ist so geschrieben, dass eine Änderung auch anderes treffen könnte. Die Datei bleibt, wie sie ist: Kopieren Sie den Eintrag von Hand hinein.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 lässt sich nicht lesen: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 lässt sich nicht schreiben: %2.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Diesen Ordner gibt es nicht.</translation>
    </message>
    <message>
        <source>In Claude Code type /mcp, choose %1, then Authenticate. A session that was open before has to be told Reconnect there.</source>
        <translation>Geben Sie in Claude Code /mcp ein, wählen Sie %1, dann Authenticate. In einer Sitzung, die schon offen war, dort Reconnect.</translation>
    </message>
    <message>
        <source>Quit Claude Desktop and start it again: it reads its file then, and mcp-remote opens the browser.</source>
        <translation>Beenden Sie Claude Desktop und starten Sie es neu: Dann liest es seine Datei, und mcp-remote öffnet den Browser.</translation>
    </message>
    <message>
        <source>In Cursor open Settings › MCP and press Connect beside %1. The browser opens.</source>
        <translation>Öffnen Sie in Cursor Settings › MCP und drücken Sie neben %1 auf Connect. Der Browser geht auf.</translation>
    </message>
    <message>
        <source>In VS Code run “MCP: List Servers”, choose %1, then Start. It asks whether it may sign in, and opens the browser.</source>
        <translation>Führen Sie in VS Code „MCP: List Servers“ aus, wählen Sie %1, dann Start. Es fragt, ob es sich anmelden darf, und öffnet den Browser.</translation>
    </message>
    <message>
        <source>Run the command below: the browser opens. A session that was open before has to be started anew.</source>
        <translation>Führen Sie den Befehl unten aus: Der Browser geht auf. Eine Sitzung, die schon offen war, muss neu gestartet werden.</translation>
    </message>
    <message>
        <source>Start Gemini CLI and type /mcp auth %1. The browser opens.</source>
        <translation>Starten Sie Gemini CLI und geben Sie /mcp auth %1 ein. Der Browser geht auf.</translation>
    </message>
    <message>
        <source>In %1 refresh the list of MCP servers, or start it again. The browser opens.</source>
        <translation>Laden Sie in %1 die Liste der MCP-Server neu, oder starten Sie es neu. Der Browser geht auf.</translation>
    </message>
    <message>
        <source>Zed connects as soon as its file is saved: the panel of its agent says that %1 wants to sign in.</source>
        <translation>Zed verbindet sich, sobald seine Datei gespeichert ist: Der Bereich seines Agenten sagt, dass %1 eine Anmeldung will.</translation>
    </message>
    <message>
        <source>LM Studio connects as soon as its file is saved: switch %1 on in the panel of a chat.</source>
        <translation>LM Studio verbindet sich, sobald seine Datei gespeichert ist: Schalten Sie %1 neben einem Chat ein.</translation>
    </message>
    <message>
        <source>Start it with the command, open the link, and press Connect.</source>
        <translation>Starten Sie ihn mit dem Befehl, öffnen Sie den Link und drücken Sie Connect.</translation>
    </message>
    <message>
        <source>Its own connectors come from the cloud, which does not reach this computer. mcp-remote, a program from npm, carries what it says; it needs Node.js.</source>
        <translation>Seine eigenen Konnektoren kommen aus der Cloud, die diesen Rechner nicht erreicht. mcp-remote, ein Programm aus npm, reicht weiter, was es sagt; es braucht Node.js.</translation>
    </message>
    <message>
        <source>Metadata read</source>
        <translation>Metadaten gelesen</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>Registriert</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>Token for this address</source>
        <translation>Token für diese Adresse</translation>
    </message>
    <message>
        <source>First call</source>
        <translation>Erster Aufruf</translation>
    </message>
    <message>
        <source>at the authorization server: it is not seen from here</source>
        <translation>beim Autorisierungsserver: von hier aus nicht zu sehen</translation>
    </message>
    <message>
        <source>not needed: it knew that from before</source>
        <translation>nicht nötig: das wusste er von früher</translation>
    </message>
    <message>
        <source>it called without a token, and knows by now that it needs one</source>
        <translation>er hat ohne Token aufgerufen und weiß nun, dass er eines braucht</translation>
    </message>
    <message>
        <source>the page is open in the browser</source>
        <translation>die Seite ist im Browser offen</translation>
    </message>
    <message>
        <source>that happens at the authorization server: it is not seen from here</source>
        <translation>das geschieht beim Autorisierungsserver: von hier aus nicht zu sehen</translation>
    </message>
    <message>
        <source>nothing has come yet</source>
        <translation>noch ist nichts gekommen</translation>
    </message>
    <message>
        <source>It knows where to sign in, and has not come back for %1</source>
        <translation>Er weiß, wo er sich anmeldet, und ist seit %1 nicht zurück</translation>
    </message>
    <message>
        <source>What happens there is not seen from here: look at the browser that it opened. %1</source>
        <translation>Was dort geschieht, ist von hier aus nicht zu sehen: Sehen Sie im Browser nach, den er geöffnet hat. %1</translation>
    </message>
    <message>
        <source>The page for signing in is open since %1</source>
        <translation>Die Seite zum Anmelden ist seit %1 offen</translation>
    </message>
    <message>
        <source>Somebody has to choose a person there, and then Allow.</source>
        <translation>Jemand muss dort eine Person wählen und dann zustimmen.</translation>
    </message>
    <message>
        <source>It knows where to sign in, and does nothing for %1</source>
        <translation>Er weiß, wo er sich anmeldet, und tut seit %1 nichts</translation>
    </message>
    <message>
        <source>Signed in, and then nothing for %1</source>
        <translation>Angemeldet, und dann seit %1 nichts</translation>
    </message>
    <message>
        <source>It has its tokens and keeps quiet until it is told; no call of it was refused. %1</source>
        <translation>Er hat seine Token und schweigt, bis man es ihm sagt; kein Aufruf von ihm wurde abgewiesen. %1</translation>
    </message>
    <message>
        <source>Its token is good, and no call was answered well for %1</source>
        <translation>Sein Token ist gut, und seit %1 ist kein Aufruf gut beantwortet worden</translation>
    </message>
    <message>
        <source>Its requests in the traffic say why.</source>
        <translation>Seine Anfragen im Verkehr sagen, warum.</translation>
    </message>
    <message>
        <source>%1 leads out of the project by a link. It is left alone.</source>
        <translation>%1 führt durch einen Link aus dem Projekt hinaus. Die Datei bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>%1 is written by another program all the time. Try again.</source>
        <translation>%1 wird ständig von einem anderen Programm geschrieben. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>%1 is not there any more.</source>
        <translation>%1 gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>%1 is not there any more. What it was is kept in %2.</source>
        <translation>%1 gibt es nicht mehr. Was darin stand, liegt in %2.</translation>
    </message>
    <message>
        <source>Start %1 again, or have it look at its list of servers. Nobody is asked for a token.</source>
        <translation>Starten Sie %1 neu, oder lassen Sie es seine Liste von Servern neu lesen. Niemand wird nach einem Token gefragt.</translation>
    </message>
    <message>
        <source>not needed: nobody is asked for a token</source>
        <translation>nicht nötig: niemand wird nach einem Token gefragt</translation>
    </message>
    <message>
        <source>%1 has changed meanwhile: look at it again.</source>
        <translation>%1 hat sich inzwischen geändert: Sehen Sie es sich noch einmal an.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::ConnectView</name>
    <message>
        <source>‹ Clients</source>
        <translation>‹ Clients</translation>
    </message>
    <message>
        <source>Those that were here (Esc)</source>
        <translation>Die, die hier waren (Esc)</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>For me</source>
        <translation>Für mich</translation>
    </message>
    <message>
        <source>In a project</source>
        <translation>In einem Projekt</translation>
    </message>
    <message>
        <source>Folder of the project</source>
        <translation>Ordner des Projekts</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Nothing on this computer opens that link. Copy it.</source>
        <translation>Auf diesem Rechner öffnet nichts diesen Link. Kopieren Sie ihn.</translation>
    </message>
    <message>
        <source>By its file</source>
        <translation>Über seine Datei</translation>
    </message>
    <message>
        <source>What changes in the file</source>
        <translation>Was sich in der Datei ändert</translation>
    </message>
    <message>
        <source>Copy entry</source>
        <translation>Eintrag kopieren</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Write it</source>
        <translation>Hineinschreiben</translation>
    </message>
    <message>
        <source>&amp;Name there</source>
        <translation>&amp;Name dort</translation>
    </message>
    <message>
        <source>Letters, digits, _ and -, 64 of them at most.</source>
        <translation>Buchstaben, Ziffern, _ und -, höchstens 64.</translation>
    </message>
    <message>
        <source>By a command, in a terminal</source>
        <translation>Mit einem Befehl im Terminal</translation>
    </message>
    <message>
        <source>By a link</source>
        <translation>Mit einem Link</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Danach</translation>
    </message>
    <message>
        <source>Or sign in from a terminal</source>
        <translation>Oder im Terminal anmelden</translation>
    </message>
    <message>
        <source>Gatehouse writes this entry alone, keeps the old file beside it, and hides what others wrote. It starts nothing.</source>
        <translation>Gatehouse schreibt nur diesen Eintrag, behält die alte Datei daneben und verbirgt, was andere geschrieben haben. Es startet nichts.</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>found: %1</source>
        <translation>gefunden: %1</translation>
    </message>
    <message>
        <source>connected, last call %1 ago</source>
        <translation>verbunden, letzter Aufruf vor %1</translation>
    </message>
    <message>
        <source>was here %1 ago</source>
        <translation>war vor %1 hier</translation>
    </message>
    <message>
        <source>Connect %1</source>
        <translation>%1 verbinden</translation>
    </message>
    <message>
        <source>It was not found on this computer.</source>
        <translation>Auf diesem Rechner nicht gefunden.</translation>
    </message>
    <message>
        <source>Found: %1.</source>
        <translation>Gefunden: %1.</translation>
    </message>
    <message>
        <source>Written. The old file is kept as %1.</source>
        <translation>Geschrieben. Die alte Datei bleibt als %1.</translation>
    </message>
    <message>
        <source>Written. There was no such file before.</source>
        <translation>Geschrieben. Vorher gab es diese Datei nicht.</translation>
    </message>
    <message>
        <source>It stands there already.</source>
        <translation>Er steht schon darin.</translation>
    </message>
    <message>
        <source>The file is made: there is none yet.</source>
        <translation>Die Datei wird angelegt: Es gibt noch keine.</translation>
    </message>
    <message>
        <source>Lines that come: %1, that go: %2. The old file is kept.</source>
        <translation>Zeilen, die kommen: %1, die gehen: %2. Die alte Datei bleibt erhalten.</translation>
    </message>
    <message>
        <source>Written into %1</source>
        <translation>In %1 geschrieben</translation>
    </message>
    <message>
        <source>%1 is as it was</source>
        <translation>%1 ist wie zuvor</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>For a program that is not in the list</source>
        <translation>Für ein Programm, das nicht in der Liste steht</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::Copied</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::Details</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Request body</source>
        <translation>Inhalt der Anfrage</translation>
    </message>
    <message>
        <source>Response body</source>
        <translation>Inhalt der Antwort</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Kopfzeilen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Timing</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>This request has no body.</source>
        <translation>Diese Anfrage hat keinen Inhalt.</translation>
    </message>
    <message>
        <source>This answer has no body.</source>
        <translation>Diese Antwort hat keinen Inhalt.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Aufruf</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Organization</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Fassung</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Tor</translation>
    </message>
    <message>
        <source>Not needed</source>
        <translation>Nicht nötig</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>What the client should do next</source>
        <translation>Was der Client als Nächstes tun sollte</translation>
    </message>
    <message>
        <source>Challenge (WWW-Authenticate: Bearer)</source>
        <translation>Aufforderung (WWW-Authenticate: Bearer)</translation>
    </message>
    <message>
        <source>Judging the token</source>
        <translation>Token beurteilen</translation>
    </message>
    <message>
        <source>Reading the body</source>
        <translation>Inhalt lesen</translation>
    </message>
    <message>
        <source>Finding the method</source>
        <translation>Methode finden</translation>
    </message>
    <message>
        <source>Answering</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Show client step</source>
        <translation>Schritt des Clients zeigen</translation>
    </message>
    <message>
        <source>Copy string</source>
        <translation>Zeichenkette kopieren</translation>
    </message>
    <message>
        <source>Open dashboard</source>
        <translation>Dashboard öffnen</translation>
    </message>
    <message>
        <source>Copy template</source>
        <translation>Vorlage kopieren</translation>
    </message>
    <message>
        <source>Likely cause</source>
        <translation>Wahrscheinliche Ursache</translation>
    </message>
    <message>
        <source>In the WorkOS dashboard</source>
        <translation>Im WorkOS-Dashboard</translation>
    </message>
    <message>
        <source>Good to know</source>
        <translation>Gut zu wissen</translation>
    </message>
    <message>
        <source>Fetch keys now</source>
        <translation>Schlüssel jetzt holen</translation>
    </message>
    <message>
        <source>In the settings</source>
        <translation>In den Einstellungen</translation>
    </message>
    <message>
        <source>The head coming</source>
        <translation>Kopf kommt an</translation>
    </message>
    <message>
        <source>The body coming</source>
        <translation>Inhalt kommt an</translation>
    </message>
    <message>
        <source>Streaming</source>
        <translation>Strom läuft</translation>
    </message>
    <message>
        <source>%1 from the first byte to the last</source>
        <translation>%1 vom ersten bis zum letzten Byte</translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation>Nicht gefragt</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>Spur</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>%1 kopieren</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::DetailsWindow</name>
    <message>
        <source>#%1 %2</source>
        <translation>#%1 %2</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::DifferenceView</name>
    <message>
        <source>… %1 more lines</source>
        <translation>… weitere Zeilen: %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::DocumentsDialog</name>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Whose documents: the id that WorkOS gave the organization (org_id)</source>
        <translation>Wessen Dokumente: die Kennung, die WorkOS der Organisation gegeben hat (org_id)</translation>
    </message>
    <message>
        <source>&amp;Organization</source>
        <translation>&amp;Organisation</translation>
    </message>
    <message>
        <source>Search titles and texts</source>
        <translation>Titel und Texte durchsuchen</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Show &amp;more</source>
        <translation>&amp;Mehr zeigen</translation>
    </message>
    <message>
        <source>&amp;New document</source>
        <translation>&amp;Neues Dokument</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>Te&amp;xt</source>
        <translation>Te&amp;xt</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>&amp;Put back</source>
        <translation>&amp;Zurücksetzen</translation>
    </message>
    <message>
        <source>Shows it as it is stored</source>
        <translation>Zeigt es, wie es gespeichert ist</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>There are no documents now: the server is stopped, or does not offer them.</source>
        <translation>Zurzeit gibt es keine Dokumente: Der Server ist angehalten oder bietet keine an.</translation>
    </message>
    <message>
        <source>Choose an organization first, or type its id.</source>
        <translation>Zuerst eine Organisation wählen oder ihre Kennung eingeben.</translation>
    </message>
    <message>
        <source>This document is not saved. Save it or put it back; closing once more loses it.</source>
        <translation>Dieses Dokument ist nicht gespeichert. Speichern oder zurücksetzen; bei erneutem Schließen geht es verloren.</translation>
    </message>
    <message>
        <source>Nobody has a document yet. Type the id of an organization to add one.</source>
        <translation>Noch niemand hat ein Dokument. Die Kennung einer Organisation eingeben, um eines anzulegen.</translation>
    </message>
    <message>
        <source>More were found than are shown: add a word.</source>
        <translation>Es gibt mehr Treffer, als gezeigt werden: ein Wort hinzufügen.</translation>
    </message>
    <message>
        <source>This organization has no document yet.</source>
        <translation>Diese Organisation hat noch kein Dokument.</translation>
    </message>
    <message>
        <source>No document has all of these words.</source>
        <translation>Kein Dokument enthält alle diese Wörter.</translation>
    </message>
    <message>
        <source>%1 · made %2 · changed %3</source>
        <translation>%1 · angelegt %2 · geändert %3</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gespeichert.</translation>
    </message>
    <message>
        <source>Deleted “%1”.</source>
        <translation>„%1“ gelöscht.</translation>
    </message>
    <message>
        <source>It is back.</source>
        <translation>Es ist wieder da.</translation>
    </message>
    <message>
        <source>Documents: %1</source>
        <translation>Dokumente: %1</translation>
    </message>
    <message>
        <source>Organization</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Brings back “%1”</source>
        <translation>Bringt „%1“ zurück</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::FaultMenu</name>
    <message>
        <source>Sandbox: break something</source>
        <translation>Sandbox: etwas kaputt machen</translation>
    </message>
    <message>
        <source>Has the sandbox fail, to see what the client says to it</source>
        <translation>Lässt die Sandbox versagen, um zu sehen, was der Client dazu sagt</translation>
    </message>
    <message>
        <source>Sandbox: %1 broken</source>
        <translation>Sandbox: %1 kaputt</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::FieldEditor</name>
    <message>
        <source>This has to be filled in.</source>
        <translation>Das muss ausgefüllt werden.</translation>
    </message>
    <message>
        <source>%1 (required)</source>
        <translation>%1 (nötig)</translation>
    </message>
    <message>
        <source>Takes no arguments.</source>
        <translation>Braucht keine Argumente.</translation>
    </message>
    <message>
        <source>Add an item</source>
        <translation>Eintrag hinzufügen</translation>
    </message>
    <message>
        <source>%1, item</source>
        <translation>%1, Eintrag</translation>
    </message>
    <message>
        <source>Take this item out</source>
        <translation>Diesen Eintrag herausnehmen</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>etwas anderes</translation>
    </message>
    <message>
        <source>This has to be a whole number.</source>
        <translation>Das muss eine ganze Zahl sein.</translation>
    </message>
    <message>
        <source>This has to be a number.</source>
        <translation>Das muss eine Zahl sein.</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>not given, else JSON</source>
        <translation>nicht angegeben, sonst JSON</translation>
    </message>
    <message>
        <source>This has to be one JSON value: a text stands in quotes.</source>
        <translation>Das muss ein JSON-Wert sein: Ein Text steht in Anführungszeichen.</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>wählen</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::FileEditor</name>
    <message>
        <source>Choose…</source>
        <translation>Auswählen …</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::FilterField</name>
    <message>
        <source>What the word could become</source>
        <translation>Was aus dem Wort werden könnte</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::FindBar</name>
    <message>
        <source>Find in this tab</source>
        <translation>In diesem Reiter suchen</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>%1 or more</source>
        <translation>%1 oder mehr</translation>
    </message>
    <message>
        <source>found: %1</source>
        <translation>gefunden: %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::ForgetPage</name>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>What shall be kept no longer, here and in the keyring.</source>
        <translation>Was nicht länger aufbewahrt werden soll, hier und im Schlüsselbund.</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Access-Token</translation>
    </message>
    <message>
        <source>Refresh token</source>
        <translation>Refresh-Token</translation>
    </message>
    <message>
        <source>ID token</source>
        <translation>ID-Token</translation>
    </message>
    <message>
        <source>Client registration</source>
        <translation>Registrierung des Clients</translation>
    </message>
    <message>
        <source>They are kept in the system&apos;s keyring.</source>
        <translation>Sie liegen im Schlüsselbund des Systems.</translation>
    </message>
    <message>
        <source>They are kept in memory until the program ends.</source>
        <translation>Sie liegen im Speicher, bis das Programm endet.</translation>
    </message>
    <message numerus="yes">
        <source>%n of them will be forgotten.</source>
        <translation>
            <numerusform>%n davon wird vergessen.</numerusform>
            <numerusform>%n davon werden vergessen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is kept.</source>
        <translation>Es ist nichts gespeichert.</translation>
    </message>
    <message>
        <source>Nothing is revoked at the authorization server, AuthKit has no address for that: what was issued stays good until it expires.</source>
        <translation>Beim Autorisierungsserver wird nichts widerrufen, AuthKit hat dafür keine Adresse: Was ausgestellt wurde, bleibt gut, bis es abläuft.</translation>
    </message>
    <message>
        <source>What is known of the authorization server</source>
        <translation>Was über den Autorisierungsserver bekannt ist</translation>
    </message>
    <message>
        <source>The authorization server is %1. Where what is known of it is forgotten, the next sign-in judges it anew.</source>
        <translation>Der Autorisierungsserver ist %1. Wird vergessen, was über ihn bekannt ist, so beurteilt ihn die nächste Anmeldung neu.</translation>
    </message>
    <message>
        <source>My consent at WorkOS, so that the client has to ask again</source>
        <translation>Meine Zustimmung bei WorkOS, sodass der Client erneut fragen muss</translation>
    </message>
    <message>
        <source>Where the consent is taken back, no new token is made without asking you; access tokens that were issued stay good until they expire.</source>
        <translation>Wird die Zustimmung zurückgenommen, entsteht kein neues Token, ohne dass gefragt wird; ausgestellte Zugriffstoken gelten, bis sie ablaufen.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::GrantForm</name>
    <message>
        <source>Secret</source>
        <translation>Geheimnis</translation>
    </message>
    <message>
        <source>of the client</source>
        <translation>des Clients</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Private key of the client (PEM)</source>
        <translation>Privater Schlüssel des Clients (PEM)</translation>
    </message>
    <message>
        <source>Assertion</source>
        <translation>Assertion</translation>
    </message>
    <message>
        <source>Assertion (JWT)</source>
        <translation>Assertion (JWT)</translation>
    </message>
    <message>
        <source>ID token</source>
        <translation>ID-Token</translation>
    </message>
    <message>
        <source>ID token (JWT)</source>
        <translation>ID-Token (JWT)</translation>
    </message>
    <message>
        <source>Identity provider</source>
        <translation>Identitätsanbieter</translation>
    </message>
    <message>
        <source>its token endpoint, https://…</source>
        <translation>sein Token-Endpunkt, https://…</translation>
    </message>
    <message>
        <source>Bind tokens to a key (DPoP)</source>
        <translation>Tokens an einen Schlüssel binden (DPoP)</translation>
    </message>
    <message>
        <source>RFC 9449: a token is of use only with a key of this run, and is not kept.</source>
        <translation>RFC 9449: Ein Token nützt nur mit einem Schlüssel dieses Laufs und wird nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>a file</source>
        <translation>eine Datei</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen …</translation>
    </message>
    <message>
        <source>The key cannot be used: %1</source>
        <translation>Der Schlüssel ist nicht zu gebrauchen: %1</translation>
    </message>
    <message>
        <source>The assertion cannot be used: %1</source>
        <translation>Die Assertion ist nicht zu gebrauchen: %1</translation>
    </message>
    <message>
        <source>The ID token cannot be used: %1</source>
        <translation>Das ID-Token ist nicht zu gebrauchen: %1</translation>
    </message>
    <message>
        <source>No key could be made: %1</source>
        <translation>Es konnte kein Schlüssel erzeugt werden: %1</translation>
    </message>
    <message>
        <source>The identity provider&apos;s token endpoint begins with https://.</source>
        <translation>Der Token-Endpunkt des Identitätsanbieters beginnt mit https://.</translation>
    </message>
    <message>
        <source>A program signs in with a client ID, and its secret or its key.</source>
        <translation>Ein Programm meldet sich mit einer Client-ID und ihrem Geheimnis oder Schlüssel an.</translation>
    </message>
    <message>
        <source>A client shows a secret or a key, not both: empty one of the fields.</source>
        <translation>Ein Client zeigt ein Geheimnis oder einen Schlüssel, nicht beides: eines der Felder leeren.</translation>
    </message>
    <message>
        <source>Choose the file with the assertion.</source>
        <translation>Die Datei mit der Assertion wählen.</translation>
    </message>
    <message>
        <source>Give a client ID, the file with the ID token and the identity provider&apos;s token endpoint.</source>
        <translation>Eine Client-ID, die Datei mit dem ID-Token und den Token-Endpunkt des Identitätsanbieters angeben.</translation>
    </message>
    <message>
        <source>Browser</source>
        <translation>Browser</translation>
    </message>
    <message>
        <source>Another device</source>
        <translation>Anderes Gerät</translation>
    </message>
    <message>
        <source>Client credentials</source>
        <translation>Client Credentials</translation>
    </message>
    <message>
        <source>JWT bearer</source>
        <translation>JWT Bearer</translation>
    </message>
    <message>
        <source>Enterprise (ID-JAG)</source>
        <translation>Unternehmen (ID-JAG)</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::HomeView</name>
    <message>
        <source>%1 answers</source>
        <translation>%1 antwortet</translation>
    </message>
    <message>
        <source>cannot be reached: %1</source>
        <translation>ist nicht zu erreichen: %1</translation>
    </message>
    <message>
        <source>shows no certificate that is trusted: %1</source>
        <translation>zeigt kein Zertifikat, dem vertraut wird: %1</translation>
    </message>
    <message>
        <source>There is no AuthKit environment at %1. Copy the AuthKit domain from the dashboard.</source>
        <translation>Bei %1 gibt es keine AuthKit-Umgebung. Kopieren Sie die AuthKit-Domain aus dem Dashboard.</translation>
    </message>
    <message>
        <source>both read; the issuer is whom it says, PKCE with S256</source>
        <translation>beide gelesen; der Aussteller ist, wer er sagt, PKCE mit S256</translation>
    </message>
    <message>
        <source>read; the issuer is whom it says, PKCE with S256</source>
        <translation>gelesen; der Aussteller ist, wer er sagt, PKCE mit S256</translation>
    </message>
    <message>
        <source>cannot be used: %1</source>
        <translation>nicht brauchbar: %1</translation>
    </message>
    <message>
        <source>name no PKCE with S256: MCP clients do not sign in without it</source>
        <translation>nennen kein PKCE mit S256: Ohne das melden sich MCP-Clients nicht an</translation>
    </message>
    <message>
        <source>good for signatures: %1</source>
        <translation>brauchbar für Signaturen: %1</translation>
    </message>
    <message>
        <source>there is none that can be used</source>
        <translation>es gibt keinen brauchbaren</translation>
    </message>
    <message>
        <source>is open; asked with an empty form, so no client was left behind</source>
        <translation>ist offen; mit leerem Formular gefragt, also blieb kein Client zurück</translation>
    </message>
    <message>
        <source>is off, but clients with a document of their own need none</source>
        <translation>ist aus, aber Clients mit eigenem Dokument brauchen keine</translation>
    </message>
    <message>
        <source>is off. Clients need it, or a client ID of yours. Dashboard: Connect › Configuration. No client was left behind.</source>
        <translation>ist aus. Clients brauchen sie, oder eine Client-ID von Ihnen. Dashboard: Connect › Configuration. Es blieb kein Client zurück.</translation>
    </message>
    <message>
        <source>answers what is neither yes nor no: %1</source>
        <translation>antwortet weder ja noch nein: %1</translation>
    </message>
    <message>
        <source>Put an MCP server behind AuthKit, and see everything that passes the gate</source>
        <translation>Stellen Sie einen MCP-Server hinter AuthKit und sehen Sie alles, was durch das Tor geht</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>no account, about 30 s</source>
        <translation>ohne Konto, etwa 30 s</translation>
    </message>
    <message>
        <source>A small AuthKit look-alike on this computer signs in a person of your choice, calls a tool, and then tries to get in without permission.</source>
        <translation>Ein kleines AuthKit-Ebenbild auf diesem Rechner meldet eine Person Ihrer Wahl an, ruft ein Werkzeug auf und versucht dann, ohne Erlaubnis hineinzukommen.</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Noch einmal öffnen</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>Los</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>Schritt für Schritt</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Registration</source>
        <translation>Registrierung</translation>
    </message>
    <message>
        <source>This server&apos;s address</source>
        <translation>Adresse dieses Servers</translation>
    </message>
    <message>
        <source>Use my AuthKit</source>
        <translation>Mein AuthKit verwenden</translation>
    </message>
    <message>
        <source>needs a WorkOS environment</source>
        <translation>braucht eine WorkOS-Umgebung</translation>
    </message>
    <message>
        <source>acme, or acme.authkit.app, or its address</source>
        <translation>acme, oder acme.authkit.app, oder seine Adresse</translation>
    </message>
    <message>
        <source>Sub&amp;domain</source>
        <translation>Subdoma&amp;in</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Open dashboard</source>
        <translation>Dashboard öffnen</translation>
    </message>
    <message>
        <source>Copy this server&apos;s address</source>
        <translation>Adresse dieses Servers kopieren</translation>
    </message>
    <message>
        <source>Back to the sandbox</source>
        <translation>Zurück zur Sandbox</translation>
    </message>
    <message>
        <source>The server goes on with other keys; the traffic is kept.</source>
        <translation>Der Server läuft mit anderen Schlüsseln weiter; der Verkehr bleibt.</translation>
    </message>
    <message>
        <source>Break something</source>
        <translation>Etwas kaputt machen</translation>
    </message>
    <message>
        <source>each ends in the exact explanation</source>
        <translation>jedes endet bei der genauen Erklärung</translation>
    </message>
    <message>
        <source>Registration off</source>
        <translation>Registrierung aus</translation>
    </message>
    <message>
        <source>The sign-in stops at its registration.</source>
        <translation>Die Anmeldung hält bei der Registrierung an.</translation>
    </message>
    <message>
        <source>Token for another address</source>
        <translation>Token für eine andere Adresse</translation>
    </message>
    <message>
        <source>The sign-in works, and the call is refused.</source>
        <translation>Die Anmeldung gelingt, und der Aufruf wird abgelehnt.</translation>
    </message>
    <message>
        <source>Token has expired</source>
        <translation>Token ist abgelaufen</translation>
    </message>
    <message>
        <source>The first call is refused, and refreshed.</source>
        <translation>Der erste Aufruf wird abgelehnt und erneuert.</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show me: %1</source>
        <translation>Zeigen: %1</translation>
    </message>
    <message>
        <source>Serving at %1, tools: %2.</source>
        <translation>Dient unter %1, Werkzeuge: %2.</translation>
    </message>
    <message>
        <source>The server does not run.</source>
        <translation>Der Server läuft nicht.</translation>
    </message>
    <message>
        <source>The sandbox signs people in. Nothing leaves this computer.</source>
        <translation>Die Sandbox meldet Leute an. Nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>Nobody is asked for a token.</source>
        <translation>Niemand wird nach einem Token gefragt.</translation>
    </message>
    <message>
        <source>%1 signs people in.</source>
        <translation>%1 meldet Leute an.</translation>
    </message>
    <message>
        <source>The server is stopped.</source>
        <translation>Der Server ist angehalten.</translation>
    </message>
    <message>
        <source>Use port %1</source>
        <translation>Port %1 nehmen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Ask without a token</source>
        <translation>Ohne Token fragen</translation>
    </message>
    <message>
        <source>Read the metadata</source>
        <translation>Die Metadaten lesen</translation>
    </message>
    <message>
        <source>Register a client</source>
        <translation>Einen Client registrieren</translation>
    </message>
    <message>
        <source>Sign in, in the browser</source>
        <translation>Anmelden, im Browser</translation>
    </message>
    <message>
        <source>Get the token</source>
        <translation>Das Token holen</translation>
    </message>
    <message>
        <source>Call a tool</source>
        <translation>Ein Werkzeug aufrufen</translation>
    </message>
    <message>
        <source>Try forged calls</source>
        <translation>Gefälschte Aufrufe versuchen</translation>
    </message>
    <message>
        <source>Waiting for you in the browser, %1.</source>
        <translation>Wartet im Browser auf Sie, %1.</translation>
    </message>
    <message>
        <source>Choose a person, then Allow.</source>
        <translation>Wählen Sie eine Person, dann Allow.</translation>
    </message>
    <message>
        <source>%1 of %2 attacks refused.</source>
        <translation>%1 von %2 Angriffen abgelehnt.</translation>
    </message>
    <message>
        <source>Look at the step</source>
        <translation>Den Schritt ansehen</translation>
    </message>
    <message>
        <source>See the calls</source>
        <translation>Die Aufrufe sehen</translation>
    </message>
    <message>
        <source>not checked yet</source>
        <translation>noch nicht geprüft</translation>
    </message>
    <message>
        <source>asking</source>
        <translation>fragt</translation>
    </message>
    <message>
        <source>not checked: what stands above has to be right first</source>
        <translation>nicht geprüft: erst muss stimmen, was darüber steht</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 verwenden</translation>
    </message>
    <message>
        <source>is among the MCP resource indicators</source>
        <translation>steht unter den MCP resource indicators</translation>
    </message>
    <message>
        <source>is not among the MCP resource indicators: add %1 exactly so</source>
        <translation>steht nicht unter den MCP resource indicators: Fügen Sie %1 genau so hinzu</translation>
    </message>
    <message>
        <source>is open; it made a client of an empty form, which is to be removed in the dashboard</source>
        <translation>ist offen; aus einem leeren Formular hat sie einen Client gemacht, der im Dashboard zu entfernen ist</translation>
    </message>
    <message>
        <source>with your own account</source>
        <translation>mit Ihrem eigenen Konto</translation>
    </message>
    <message>
        <source>Signs you in at your AuthKit as a client does, and calls a tool.</source>
        <translation>Meldet Sie bei Ihrem AuthKit an, wie ein Client es tut, und ruft ein Werkzeug auf.</translation>
    </message>
    <message>
        <source>not checked, that needs an API key.</source>
        <translation>nicht geprüft, das braucht einen API-Schlüssel.</translation>
    </message>
    <message>
        <source>not checked while the sandbox is in use.</source>
        <translation>nicht geprüft, solange die Sandbox im Gebrauch ist.</translation>
    </message>
    <message>
        <source>not checked: %1</source>
        <translation>nicht geprüft: %1</translation>
    </message>
    <message>
        <source>not checked: the API of this environment does not have them.</source>
        <translation>nicht geprüft: Die API dieser Umgebung hat sie nicht.</translation>
    </message>
    <message>
        <source>not checked yet.</source>
        <translation>noch nicht geprüft.</translation>
    </message>
    <message>
        <source>Under MCP resource indicators must stand exactly %1</source>
        <translation>Unter MCP resource indicators muss genau stehen: %1</translation>
    </message>
    <message>
        <source>Connect a client…</source>
        <translation>Client verbinden …</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::IssuerEditor</name>
    <message>
        <source>&amp;Sandbox on this computer</source>
        <translation>&amp;Sandbox auf diesem Rechner</translation>
    </message>
    <message>
        <source>&amp;My AuthKit environment</source>
        <translation>&amp;Meine AuthKit-Umgebung</translation>
    </message>
    <message>
        <source>acme, acme.authkit.app or a custom domain</source>
        <translation>acme, acme.authkit.app oder eine eigene Domain</translation>
    </message>
    <message>
        <source>Copy the AuthKit domain from the WorkOS dashboard.</source>
        <translation>Die AuthKit-Domain steht im WorkOS-Dashboard.</translation>
    </message>
    <message>
        <source>Issuer %1
Keys %2
Metadata %3</source>
        <translation>Aussteller %1
Schlüssel %2
Metadaten %3</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::JsonView</name>
    <message>
        <source>Tree</source>
        <translation>Baum</translation>
    </message>
    <message>
        <source>As it came</source>
        <translation>Wie gekommen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>%1, the beginning is shown</source>
        <translation>%1, gezeigt wird der Anfang</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Sichern …</translation>
    </message>
    <message>
        <source>Writes it into a file, as it is shown: its secrets are masked</source>
        <translation>Schreibt ihn in eine Datei, wie er gezeigt wird: mit verdeckten Geheimnissen</translation>
    </message>
    <message>
        <source>Save the body</source>
        <translation>Rumpf sichern</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Gesichert als %1</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 lässt sich nicht schreiben: %2</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::KeysView</name>
    <message>
        <source>Fetch now</source>
        <translation>Jetzt holen</translation>
    </message>
    <message>
        <source>Asks the issuer for both documents and its keys</source>
        <translation>Fragt den Aussteller nach beiden Dokumenten und seinen Schlüsseln</translation>
    </message>
    <message>
        <source>What the issuer says of itself</source>
        <translation>Was der Aussteller über sich sagt</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Woher</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>What this server says of itself</source>
        <translation>Was dieser Server über sich sagt</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Keys of the issuer</source>
        <translation>Schlüssel des Ausstellers</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>First read</source>
        <translation>Zuerst gelesen</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>never kept, never sent</source>
        <translation>nie aufgehoben, nie gesendet</translation>
    </message>
    <message>
        <source>A token to judge</source>
        <translation>Ein Token, der beurteilt wird</translation>
    </message>
    <message>
        <source>Paste an access token: it is judged by this server&apos;s policy</source>
        <translation>Fügen Sie einen Access Token ein: Er wird nach den Regeln dieses Servers beurteilt</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Judge a token</source>
        <translation>Einen Token beurteilen</translation>
    </message>
    <message>
        <source>Nobody is asked for a token</source>
        <translation>Niemand wird nach einem Token gefragt</translation>
    </message>
    <message>
        <source>Documents and keys of %1</source>
        <translation>Dokumente und Schlüssel von %1</translation>
    </message>
    <message>
        <source>The issuer is whom it says.</source>
        <translation>Der Aussteller ist, wer er sagt.</translation>
    </message>
    <message>
        <source>It calls itself %1: clients refuse that.</source>
        <translation>Er nennt sich %1: Das lehnen Clients ab.</translation>
    </message>
    <message>
        <source>Read %1 ago.</source>
        <translation>Vor %1 gelesen.</translation>
    </message>
    <message>
        <source>is gone</source>
        <translation>ist weg</translation>
    </message>
    <message>
        <source> · OpenID document: %1</source>
        <translation> · OpenID-Dokument: %1</translation>
    </message>
    <message>
        <source> · was absent at %1</source>
        <translation> · fehlte um %1</translation>
    </message>
    <message>
        <source> · was %1 at %2</source>
        <translation> · war %1 um %2</translation>
    </message>
    <message>
        <source>Changed since %1: %2</source>
        <translation>Geändert seit %1: %2</translation>
    </message>
    <message>
        <source>fields of the issuer&apos;s documents have changed</source>
        <translation>Felder der Dokumente des Ausstellers haben sich geändert</translation>
    </message>
    <message>
        <source>read %1 ago</source>
        <translation>vor %1 gelesen</translation>
    </message>
    <message>
        <source>of no use: %1</source>
        <translation>nicht brauchbar: %1</translation>
    </message>
    <message>
        <source>gone since %1</source>
        <translation>weg seit %1</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>There is nothing to read in it.</source>
        <translation>Darin ist nichts zu lesen.</translation>
    </message>
    <message>
        <source>The server is stopped</source>
        <translation>Der Server ist angehalten</translation>
    </message>
    <message>
        <source>The issuer&apos;s documents and keys are read while it runs.</source>
        <translation>Die Dokumente und Schlüssel des Ausstellers werden gelesen, während er läuft.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Read anew: the documents and the keys.</source>
        <translation>Neu gelesen: die Dokumente und die Schlüssel.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::Ladder</name>
    <message>
        <source>Show in Traffic</source>
        <translation>Im Verkehr zeigen</translation>
    </message>
    <message>
        <source>Wait anew</source>
        <translation>Neu warten</translation>
    </message>
    <message>
        <source>Forgets what has come, and waits from now on</source>
        <translation>Vergisst, was gekommen ist, und wartet von jetzt an</translation>
    </message>
    <message>
        <source>The server is stopped</source>
        <translation>Der Server ist angehalten</translation>
    </message>
    <message>
        <source>Nobody can come before it is started.</source>
        <translation>Niemand kann kommen, bevor er läuft.</translation>
    </message>
    <message>
        <source>It calls itself %1. Its first call was answered.</source>
        <translation>Er nennt sich %1. Sein erster Aufruf wurde beantwortet.</translation>
    </message>
    <message>
        <source>Waiting for the first call of %1</source>
        <translation>Warten auf den ersten Aufruf von %1</translation>
    </message>
    <message>
        <source>Ticked by what really comes through the gate since %1. It was here before, %2 ago.</source>
        <translation>Abgehakt wird, was seit %1 wirklich durch das Tor kommt. Er war schon hier, vor %2.</translation>
    </message>
    <message>
        <source>Ticked by what really comes through the gate since %1.</source>
        <translation>Abgehakt wird, was seit %1 wirklich durch das Tor kommt.</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>nicht nötig</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>later</source>
        <translation>später</translation>
    </message>
    <message>
        <source>%1 connected %2 ago</source>
        <translation>%1 hat sich vor %2 verbunden</translation>
    </message>
    <message>
        <source>Somebody connected %1 ago</source>
        <translation>Jemand hat sich vor %1 verbunden</translation>
    </message>
    <message>
        <source>Its first call was answered. It does not say who it is.</source>
        <translation>Sein erster Aufruf wurde beantwortet. Er sagt nicht, wer er ist.</translation>
    </message>
    <message>
        <source>It calls itself %1, which may be %2 or not. Its first call was answered.</source>
        <translation>Er nennt sich %1, was %2 sein kann oder nicht. Sein erster Aufruf wurde beantwortet.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::MainWindow</name>
    <message>
        <source>&amp;Server</source>
        <translation>&amp;Server</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>&amp;Restart</source>
        <translation>&amp;Neu starten</translation>
    </message>
    <message>
        <source>&amp;Copy address</source>
        <translation>Adresse &amp;kopieren</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;As the desktop</source>
        <translation>&amp;Wie der Desktop</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>Larger &amp;text</source>
        <translation>&amp;Größere Schrift</translation>
    </message>
    <message>
        <source>&amp;Smaller text</source>
        <translation>&amp;Kleinere Schrift</translation>
    </message>
    <message>
        <source>&amp;Usual text size</source>
        <translation>Übl&amp;iche Schriftgröße</translation>
    </message>
    <message>
        <source>&amp;Traffic</source>
        <translation>&amp;Verkehr</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;About Gatehouse</source>
        <translation>&amp;Über Gatehouse</translation>
    </message>
    <message>
        <source>Gatehouse – SANDBOX</source>
        <translation>Gatehouse – SANDBOX</translation>
    </message>
    <message>
        <source>Gatehouse</source>
        <translation>Gatehouse</translation>
    </message>
    <message>
        <source>Issuer %1</source>
        <translation>Aussteller %1</translation>
    </message>
    <message>
        <source>Copied %1</source>
        <translation>%1 kopiert</translation>
    </message>
    <message>
        <source>About Gatehouse</source>
        <translation>Über Gatehouse</translation>
    </message>
    <message>
        <source>Gatehouse %1

Hosts an MCP server behind WorkOS AuthKit and shows everything that passes the gate.

Qt %2. GPL-3.0-or-later.</source>
        <translation>Gatehouse %1

Betreibt einen MCP-Server hinter WorkOS AuthKit und zeigt alles, was durch das Tor geht.

Qt %2. GPL-3.0-or-later.</translation>
    </message>
    <message>
        <source>T&amp;raffic</source>
        <translation>&amp;Verkehr</translation>
    </message>
    <message>
        <source>Sessions: %1</source>
        <translation>Sitzungen: %1</translation>
    </message>
    <message>
        <source>Secrets: system keyring</source>
        <translation>Geheimnisse: Schlüsselbund</translation>
    </message>
    <message>
        <source>&amp;Client</source>
        <translation>&amp;Client</translation>
    </message>
    <message>
        <source>&amp;Next step</source>
        <translation>&amp;Nächster Schritt</translation>
    </message>
    <message>
        <source>&amp;Run all</source>
        <translation>&amp;Alle ausführen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>&amp;Start over</source>
        <translation>&amp;Von vorn</translation>
    </message>
    <message>
        <source>Run the ne&amp;gative checks</source>
        <translation>&amp;Gegenproben ausführen</translation>
    </message>
    <message>
        <source>Copy re&amp;port</source>
        <translation>Be&amp;richt kopieren</translation>
    </message>
    <message>
        <source>Settings applied at %1</source>
        <translation>Einstellungen übernommen um %1</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>&amp;Documents…</source>
        <translation>&amp;Dokumente …</translation>
    </message>
    <message>
        <source>The session has ended. Its client is told when it calls again.</source>
        <translation>Die Sitzung ist beendet. Ihr Client erfährt es beim nächsten Aufruf.</translation>
    </message>
    <message>
        <source>There was no such session any more.</source>
        <translation>Diese Sitzung gab es nicht mehr.</translation>
    </message>
    <message>
        <source>S&amp;ign-in</source>
        <translation>An&amp;melden</translation>
    </message>
    <message>
        <source>T&amp;ools</source>
        <translation>Werk&amp;zeuge</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Schlüssel</translation>
    </message>
    <message>
        <source>&amp;Home</source>
        <translation>&amp;Übersicht</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Settings › %1</source>
        <translation>Einstellungen › %1</translation>
    </message>
    <message>
        <source>Filter the traffic: %1</source>
        <translation>Den Verkehr filtern: %1</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>Verkehr</translation>
    </message>
    <message>
        <source>&amp;Find anything…</source>
        <translation>Alles &amp;finden …</translation>
    </message>
    <message>
        <source>Find anything (Ctrl+K)</source>
        <translation>Alles finden (Strg+K)</translation>
    </message>
    <message>
        <source>%1 is connected</source>
        <translation>%1 ist verbunden</translation>
    </message>
    <message>
        <source>There are %1 such windows: close some of them first.</source>
        <translation>Es gibt schon %1 solche Fenster: Schließen Sie erst einige.</translation>
    </message>
    <message>
        <source>The layout is as it was at first</source>
        <translation>Die Anordnung ist wie am Anfang</translation>
    </message>
    <message>
        <source>R&amp;estore the usual layout</source>
        <translation>G&amp;ewohnte Anordnung herstellen</translation>
    </message>
    <message>
        <source>Che&amp;cks</source>
        <translation>&amp;Prüfungen</translation>
    </message>
    <message>
        <source>Clie&amp;nts</source>
        <translation>C&amp;lients</translation>
    </message>
    <message>
        <source>Ne&amp;xt pane</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Connect &amp;a client…</source>
        <translation>&amp;Client verbinden …</translation>
    </message>
    <message>
        <source>Go to request %1</source>
        <translation>Zu Anfrage %1 gehen</translation>
    </message>
    <message>
        <source>There is no request %1 any more, or not yet</source>
        <translation>Anfrage %1 gibt es nicht mehr oder noch nicht</translation>
    </message>
    <message>
        <source>Go &amp;to request…</source>
        <translation>Zu Anfrage &amp;gehen …</translation>
    </message>
    <message>
        <source>Pre&amp;vious pane</source>
        <translation>V&amp;origer Bereich</translation>
    </message>
    <message>
        <source>Server restarted at %1</source>
        <translation>Server um %1 neu gestartet</translation>
    </message>
    <message>
        <source>filter them</source>
        <translation>filtern</translation>
    </message>
    <message>
        <source>go to the newest</source>
        <translation>zur neuesten gehen</translation>
    </message>
    <message>
        <source>show them</source>
        <translation>anzeigen</translation>
    </message>
    <message>
        <source>show the clients</source>
        <translation>Clients anzeigen</translation>
    </message>
    <message>
        <source>Keys read %1 ago</source>
        <translation>Schlüssel vor %1 gelesen</translation>
    </message>
    <message>
        <source>change it</source>
        <translation>ändern</translation>
    </message>
    <message>
        <source>Secrets: in memory only</source>
        <translation>Geheimnisse: nur im Speicher</translation>
    </message>
    <message>
        <source>show the settings of WorkOS</source>
        <translation>Einstellungen zu WorkOS zeigen</translation>
    </message>
    <message>
        <source>show those that are left</source>
        <translation>zeigen, was noch da ist</translation>
    </message>
    <message>
        <source>Kept in %1</source>
        <translation>Festgehalten in %1</translation>
    </message>
    <message>
        <source>look at it</source>
        <translation>ansehen</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::NumberEditor</name>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::OfferPage</name>
    <message>
        <source>How it is filled in</source>
        <translation>Wie es ausgefüllt wird</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Formular</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>Arguments as JSON</source>
        <translation>Argumente als JSON</translation>
    </message>
    <message>
        <source>As the server lists it</source>
        <translation>Wie der Server es auflistet</translation>
    </message>
    <message>
        <source>Call as</source>
        <translation>Aufrufen als</translation>
    </message>
    <message>
        <source>Send it all the same</source>
        <translation>Trotzdem senden</translation>
    </message>
    <message>
        <source>What the server says to what its schema forbids</source>
        <translation>Was der Server zu dem sagt, was sein Schema verbietet</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Aufrufen</translation>
    </message>
    <message>
        <source>Needs %1.</source>
        <translation>Braucht %1.</translation>
    </message>
    <message>
        <source>only reads</source>
        <translation>liest nur</translation>
    </message>
    <message>
        <source>may destroy</source>
        <translation>kann zerstören</translation>
    </message>
    <message>
        <source>changes something</source>
        <translation>ändert etwas</translation>
    </message>
    <message>
        <source>The form has no fields for all of this.</source>
        <translation>Das Formular hat nicht für alles davon Felder.</translation>
    </message>
    <message>
        <source>The arguments must be one JSON object: %1</source>
        <translation>Die Argumente müssen ein JSON-Objekt sein: %1</translation>
    </message>
    <message>
        <source>This</source>
        <translation>Das</translation>
    </message>
    <message>
        <source>To be put right: %1</source>
        <translation>Zu berichtigen: %1</translation>
    </message>
    <message>
        <source>Call as %1</source>
        <translation>Aufrufen als %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::PageList</name>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>wrong: %1</source>
        <translation>falsch: %1</translation>
    </message>
    <message>
        <source>found: %1</source>
        <translation>gefunden: %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::Palette</name>
    <message>
        <source>Everything that can be done</source>
        <translation>Alles, was man tun kann</translation>
    </message>
    <message>
        <source>Search actions, views, tools, settings</source>
        <translation>Aktionen, Ansichten, Werkzeuge, Einstellungen suchen</translation>
    </message>
    <message>
        <source>What is found</source>
        <translation>Was gefunden wird</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::PortEditor</name>
    <message>
        <source>a free one is taken at each start</source>
        <translation>bei jedem Start wird ein freier genommen</translation>
    </message>
    <message>
        <source>in use by this server</source>
        <translation>von diesem Server belegt</translation>
    </message>
    <message>
        <source>in use by another program</source>
        <translation>von einem anderen Programm belegt</translation>
    </message>
    <message>
        <source>free</source>
        <translation>frei</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 nehmen</translation>
    </message>
    <message>
        <source>cannot be listened on here</source>
        <translation>hier kann nicht gehorcht werden</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::QuestionDialog</name>
    <message>
        <source>The server asks a model</source>
        <translation>Der Server fragt ein Modell</translation>
    </message>
    <message>
        <source>The server asks</source>
        <translation>Der Server fragt</translation>
    </message>
    <message>
        <source>%1 asks a model. There is none: your words are its answer.</source>
        <translation>%1 fragt ein Modell. Es gibt keines: Ihre Worte sind seine Antwort.</translation>
    </message>
    <message>
        <source>%1 asks. It gets what you send; think of what you give away.</source>
        <translation>%1 fragt und bekommt, was Sie senden: Bedenken Sie, was Sie preisgeben.</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>What the model is asked</source>
        <translation>Was das Modell gefragt wird</translation>
    </message>
    <message>
        <source>Your answer in the model&apos;s place</source>
        <translation>Ihre Antwort an Stelle des Modells</translation>
    </message>
    <message>
        <source>Write an answer, or decline.</source>
        <translation>Eine Antwort schreiben oder ablehnen.</translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation>Lauf abbrechen</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::Rail</name>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::ResourceEditor</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Paste exactly this string into the WorkOS dashboard under MCP resource indicators.</source>
        <translation>Genau diese Zeichenfolge gehört im WorkOS-Dashboard unter „MCP resource indicators“.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::RunResult</name>
    <message>
        <source>The server lets everybody in</source>
        <translation>Der Server lässt alle ein</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>%1 is in</source>
        <translation>%1 ist drin</translation>
    </message>
    <message>
        <source>Cancelled at step %1.</source>
        <translation>Abgebrochen bei Schritt %1.</translation>
    </message>
    <message>
        <source>Stopped at step %1: %2</source>
        <translation>Stehen geblieben bei Schritt %1: %2</translation>
    </message>
    <message>
        <source>%1; %2 answered.</source>
        <translation>%1; %2 hat geantwortet.</translation>
    </message>
    <message>
        <source>%1; the server offers its tools (%2).</source>
        <translation>%1; der Server bietet seine Werkzeuge an (%2).</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::SchemaForm</name>
    <message>
        <source>This has to be an object.</source>
        <translation>Das muss ein Objekt sein.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::ServerBar</name>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Connect a client…</source>
        <translation>Client verbinden …</translation>
    </message>
    <message>
        <source>How Claude Code, Cursor, VS Code and others are told of this server</source>
        <translation>Wie Claude Code, Cursor, VS Code und andere von diesem Server erfahren</translation>
    </message>
    <message>
        <source>Nobody is asked</source>
        <translation>Niemand wird gefragt</translation>
    </message>
    <message>
        <source>Nobody is asked for a token: every program on this computer can call every tool.</source>
        <translation>Niemand wird nach einem Token gefragt: Jedes Programm auf diesem Rechner kann jedes Werkzeug aufrufen.</translation>
    </message>
    <message>
        <source>Ask for tokens</source>
        <translation>Nach Token fragen</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Tokens come from a stand-in for AuthKit on this computer.</source>
        <translation>Die Token kommen von einem Stellvertreter für AuthKit auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Use my AuthKit…</source>
        <translation>Mein AuthKit verwenden …</translation>
    </message>
    <message>
        <source>Break something</source>
        <translation>Etwas kaputt machen</translation>
    </message>
    <message>
        <source>Show its requests</source>
        <translation>Seine Anfragen zeigen</translation>
    </message>
    <message>
        <source>Tokens come from %1</source>
        <translation>Die Token kommen von %1</translation>
    </message>
    <message>
        <source>Open dashboard</source>
        <translation>Dashboard öffnen</translation>
    </message>
    <message>
        <source>Signatures checked</source>
        <translation>Signaturen geprüft</translation>
    </message>
    <message>
        <source>Each token has to be signed by a key of the issuer.</source>
        <translation>Jedes Token muss mit einem Schlüssel des Ausstellers signiert sein.</translation>
    </message>
    <message>
        <source>Show the keys</source>
        <translation>Die Schlüssel zeigen</translation>
    </message>
    <message>
        <source>Signatures not checked</source>
        <translation>Signaturen ungeprüft</translation>
    </message>
    <message>
        <source>Anybody can write a token and be let in as whoever they like.</source>
        <translation>Jeder kann ein Token schreiben und als wer auch immer eingelassen werden.</translation>
    </message>
    <message>
        <source>Check them</source>
        <translation>Prüfen</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::SessionCards</name>
    <message>
        <source>Earlier sessions</source>
        <translation>Frühere Sitzungen</translation>
    </message>
    <message>
        <source>what passed then, to look at</source>
        <translation>was damals vorbeikam, zum Ansehen</translation>
    </message>
    <message>
        <source>Open another…</source>
        <translation>Andere öffnen …</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::SessionDesk</name>
    <message>
        <source>There are %1 such windows: close some of them first.</source>
        <translation>Es gibt schon %1 solche Fenster: Schließen Sie erst einige.</translation>
    </message>
    <message>
        <source>Open session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>Session files (*.gatehouse)</source>
        <translation>Sitzungsdateien (*.gatehouse)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>&amp;Open session…</source>
        <translation>Sitzung ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Save session as…</source>
        <translation>Sitzung s&amp;peichern unter …</translation>
    </message>
    <message>
        <source>&amp;Keep this session in a file…</source>
        <translation>Diese Sitzung in einer Datei fest&amp;halten …</translation>
    </message>
    <message>
        <source>Saved in %1</source>
        <translation>In %1 gespeichert</translation>
    </message>
    <message>
        <source>%1 was not saved. %2</source>
        <translation>%1 wurde nicht gespeichert. %2</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>Sitzung speichern</translation>
    </message>
    <message>
        <source>Keep this session in</source>
        <translation>Diese Sitzung festhalten in</translation>
    </message>
    <message>
        <source>&amp;Keep the last %1 that nobody saves</source>
        <translation>Die letzten %1, die niemand speichert, &amp;behalten</translation>
    </message>
    <message>
        <source>cut off, requests: %1</source>
        <translation>abgebrochen, Anfragen: %1</translation>
    </message>
    <message>
        <source>not saved, requests: %1</source>
        <translation>nicht gespeichert, Anfragen: %1</translation>
    </message>
    <message>
        <source>&amp;Forget this list</source>
        <translation>Diese Liste &amp;vergessen</translation>
    </message>
    <message>
        <source>&amp;Delete those that nobody saved</source>
        <translation>Die löschen, die niemand gespeichert &amp;hat</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::SessionKeeper</name>
    <message>
        <source>The file cannot be opened. Was it moved, and may you read it?</source>
        <translation>Die Datei lässt sich nicht öffnen. Wurde sie verschoben, und dürfen Sie sie lesen?</translation>
    </message>
    <message>
        <source>This is no session file.</source>
        <translation>Das ist keine Sitzungsdatei.</translation>
    </message>
    <message>
        <source>A newer version of Gatehouse made this file: update Gatehouse.</source>
        <translation>Eine neuere Version von Gatehouse hat diese Datei geschrieben: Aktualisieren Sie Gatehouse.</translation>
    </message>
    <message>
        <source>This is no session file, or it is damaged.</source>
        <translation>Das ist keine Sitzungsdatei, oder sie ist beschädigt.</translation>
    </message>
    <message>
        <source>Another program holds the file.</source>
        <translation>Ein anderes Programm hält die Datei fest.</translation>
    </message>
    <message>
        <source>There is no room left on the disk.</source>
        <translation>Auf der Platte ist kein Platz mehr.</translation>
    </message>
    <message>
        <source>The file may not be written.</source>
        <translation>Die Datei darf nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Qt&apos;s driver for SQLite is missing: install %1.</source>
        <translation>Qts Treiber für SQLite fehlt: Installieren Sie %1.</translation>
    </message>
    <message>
        <source>It failed: %1</source>
        <translation>Das ist misslungen: %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::SessionWindow</name>
    <message>
        <source>%1 (file) – Gatehouse</source>
        <translation>%1 (Datei) – Gatehouse</translation>
    </message>
    <message>
        <source>There are %1 such windows: close some of them first.</source>
        <translation>Es gibt schon %1 solche Fenster: Schließen Sie erst einige.</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Search the whole file</source>
        <translation>In der ganzen Datei suchen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Open session…</source>
        <translation>Sitzung ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>&amp;Read anew</source>
        <translation>&amp;Neu lesen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Traffic</source>
        <translation>&amp;Verkehr</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>From here on: %1, since %2</source>
        <translation>Ab hier: %1, seit %2</translation>
    </message>
    <message>
        <source>Nothing to be seen</source>
        <translation>Nichts zu sehen</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>No requests</source>
        <translation>Keine Anfragen</translation>
    </message>
    <message>
        <source>Nothing in the file fits the filter.</source>
        <translation>Nichts in der Datei passt zum Filter.</translation>
    </message>
    <message>
        <source>Nothing passed while this was recorded.</source>
        <translation>Während der Aufzeichnung kam nichts vorbei.</translation>
    </message>
    <message>
        <source>Requests: %1</source>
        <translation>Anfragen: %1</translation>
    </message>
    <message>
        <source>issuer %1</source>
        <translation>Aussteller %1</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>von %1 bis %2</translation>
    </message>
    <message>
        <source>from %1, still recorded or cut off</source>
        <translation>ab %1, läuft noch oder wurde abgebrochen</translation>
    </message>
    <message>
        <source>runs: %1</source>
        <translation>Läufe: %1</translation>
    </message>
    <message>
        <source>not recorded, since too much came at once: %1</source>
        <translation>nicht aufgezeichnet, weil zu viel auf einmal kam: %1</translation>
    </message>
    <message>
        <source>secrets are masked</source>
        <translation>Geheimnisse sind maskiert</translation>
    </message>
    <message>
        <source>Rows that cannot be read, and are left out: %1. The first: %2</source>
        <translation>Unlesbare Zeilen, die fehlen: %1. Die erste: %2</translation>
    </message>
    <message>
        <source>Searching the whole file …</source>
        <translation>Die ganze Datei wird durchsucht …</translation>
    </message>
    <message>
        <source>Found in the whole file: %1</source>
        <translation>In der ganzen Datei gefunden: %1</translation>
    </message>
    <message>
        <source>Requests %1–%2 of %3</source>
        <translation>Anfragen %1–%2 von %3</translation>
    </message>
    <message>
        <source>Show the newest</source>
        <translation>Die neuesten zeigen</translation>
    </message>
    <message>
        <source>Type a filter first</source>
        <translation>Erst einen Filter eingeben</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::SettingsDialog</name>
    <message>
        <source>Applying …</source>
        <translation>Wird angewendet …</translation>
    </message>
    <message>
        <source>Set for this start by %1, which is stronger than what is kept.</source>
        <translation>Für diesen Start durch %1 gesetzt, was stärker ist als das Gespeicherte.</translation>
    </message>
    <message>
        <source>Applying changes the running server; traffic is kept.</source>
        <translation>Das Anwenden ändert den laufenden Server; der Verkehr bleibt erhalten.</translation>
    </message>
    <message>
        <source>Applying starts the server.</source>
        <translation>Das Anwenden startet den Server.</translation>
    </message>
    <message>
        <source>Applied.</source>
        <translation>Angewendet.</translation>
    </message>
    <message>
        <source>Apply without checks</source>
        <translation>Ohne Prüfung anwenden</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>&amp;Anwenden</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>Sch&amp;ließen</translation>
    </message>
    <message>
        <source>From then on anybody on this computer can call what this server offers. Press once more.</source>
        <translation>Von da an kann jeder auf diesem Rechner aufrufen, was dieser Server anbietet. Noch einmal drücken.</translation>
    </message>
    <message>
        <source>S&amp;tay</source>
        <translation>&amp;Bleiben</translation>
    </message>
    <message>
        <source>Set for this start by %1, which is stronger than what is kept (%2).</source>
        <translation>Für diesen Start durch %1 gesetzt, was stärker ist als das Gespeicherte (%2).</translation>
    </message>
    <message>
        <source>Nothing is called that.</source>
        <translation>So heißt nichts.</translation>
    </message>
    <message>
        <source>Changed and not applied: %1. Apply, discard, or stay?</source>
        <translation>Geändert und nicht angewandt: %1. Anwenden, verwerfen oder bleiben?</translation>
    </message>
    <message>
        <source>Wrong: %1</source>
        <translation>Falsch: %1</translation>
    </message>
    <message>
        <source>Changed and not applied: %1.</source>
        <translation>Geändert und nicht angewandt: %1.</translation>
    </message>
    <message>
        <source>Found: %1, in frames.</source>
        <translation>Gefunden: %1, gerahmt.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::SettingsKeeper</name>
    <message>
        <source>the port that was taken</source>
        <translation>den belegten Port</translation>
    </message>
    <message>
        <source>Settings › %1 › %2: %3 now.</source>
        <translation>Einstellungen › %1 › %2: jetzt %3.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::ShortcutsDialog</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>What it does, or a key</source>
        <translation>Was es tut, oder eine Taste</translation>
    </message>
    <message>
        <source>Search the keys</source>
        <translation>Tasten durchsuchen</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was es tut</translation>
    </message>
    <message>
        <source>In the filter of the traffic</source>
        <translation>Im Filter des Verkehrs</translation>
    </message>
    <message>
        <source>Take what is proposed</source>
        <translation>Den Vorschlag nehmen</translation>
    </message>
    <message>
        <source>Show what may be typed</source>
        <translation>Zeigen, was man eingeben kann</translation>
    </message>
    <message>
        <source>Go to the rows</source>
        <translation>Zu den Zeilen gehen</translation>
    </message>
    <message>
        <source>Empty the filter; once more: to the rows</source>
        <translation>Den Filter leeren; noch einmal: zu den Zeilen</translation>
    </message>
    <message>
        <source>In lists and tables</source>
        <translation>In Listen und Tabellen</translation>
    </message>
    <message>
        <source>The requests of a client; the button that mends a check</source>
        <translation>Die Anfragen eines Clients; der Knopf, der eine Prüfung behebt</translation>
    </message>
    <message>
        <source>Copy the row</source>
        <translation>Die Zeile kopieren</translation>
    </message>
    <message>
        <source>Fold and unfold what is below</source>
        <translation>Zu- und aufklappen, was darunter ist</translation>
    </message>
    <message>
        <source>While something is found or asked</source>
        <translation>Während gesucht oder gefragt wird</translation>
    </message>
    <message>
        <source>The next place that is found</source>
        <translation>Die nächste Fundstelle</translation>
    </message>
    <message>
        <source>The place before</source>
        <translation>Die Fundstelle davor</translation>
    </message>
    <message>
        <source>Close it</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>In the strip of time</source>
        <translation>In der Zeitleiste</translation>
    </message>
    <message>
        <source>Choose a second</source>
        <translation>Eine Sekunde wählen</translation>
    </message>
    <message>
        <source>Stretch it to a span</source>
        <translation>Zu einer Spanne ausdehnen</translation>
    </message>
    <message>
        <source>Filter by it</source>
        <translation>Danach filtern</translation>
    </message>
    <message>
        <source>Let go of it</source>
        <translation>Loslassen</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::StepLanes</name>
    <message>
        <source>Steps of the sign-in</source>
        <translation>Schritte der Anmeldung</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Tor</translation>
    </message>
    <message>
        <source>AuthKit</source>
        <translation>AuthKit</translation>
    </message>
    <message>
        <source>Browser</source>
        <translation>Browser</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>not run yet</source>
        <translation>noch nicht gelaufen</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::StepList</name>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Look at the token</source>
        <translation>Token ansehen</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>see there</source>
        <translation>siehe dort</translation>
    </message>
    <message>
        <source>Negative checks</source>
        <translation>Gegenproben</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::StepPage</name>
    <message>
        <source>Copy URL</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Erneut öffnen</translation>
    </message>
    <message>
        <source>The token, as the client sees it</source>
        <translation>Das Token, wie der Client es sieht</translation>
    </message>
    <message>
        <source>The token, as the server judged it</source>
        <translation>Das Token, wie der Server es beurteilte</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Geantwortet</translation>
    </message>
    <message>
        <source>Run again from here</source>
        <translation>Ab hier erneut ausführen</translation>
    </message>
    <message>
        <source>Copy step</source>
        <translation>Schritt kopieren</translation>
    </message>
    <message>
        <source>Show in Traffic</source>
        <translation>Im Verkehr zeigen</translation>
    </message>
    <message>
        <source>Under way …</source>
        <translation>Im Gange …</translation>
    </message>
    <message>
        <source>Waiting for the browser, %1</source>
        <translation>Warten auf den Browser, %1</translation>
    </message>
    <message>
        <source>No browser could be started. Copy the URL and open it on this machine. %1</source>
        <translation>Es konnte kein Browser gestartet werden. Kopieren Sie die Adresse und öffnen Sie sie auf diesem Rechner. %1</translation>
    </message>
    <message>
        <source>A page that hangs or says “Application not found” never comes back here: cancel then.</source>
        <translation>Eine Seite, die hängt oder „Application not found“ sagt, kommt nie hierher zurück: Brechen Sie dann ab.</translation>
    </message>
    <message>
        <source>No request of this step reached a server of this program.</source>
        <translation>Keine Anfrage dieses Schritts erreichte einen Server dieses Programms.</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>Code kopieren</translation>
    </message>
    <message>
        <source>Paste address</source>
        <translation>Adresse einfügen</translation>
    </message>
    <message>
        <source>Where the browser runs on another machine: copy the address at which it ends there, and press this.</source>
        <translation>Wo der Browser auf einem anderen Rechner läuft: dort die Adresse kopieren, bei der er endet, und hier drücken.</translation>
    </message>
    <message>
        <source>Open %1 in any browser, and type the code %2 there.</source>
        <translation>%1 in einem beliebigen Browser öffnen und dort den Code %2 eingeben.</translation>
    </message>
    <message>
        <source>Waiting, %1. The code is good for %2.</source>
        <translation>Es wird gewartet, %1. Der Code gilt %2.</translation>
    </message>
    <message>
        <source>Open here</source>
        <translation>Hier öffnen</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>what is under way, and for how long</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Not run yet.</source>
        <translation>Noch nicht gelaufen.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::TimeStrip</name>
    <message>
        <source>The last minute: %1 requests, %2 refused or failed</source>
        <translation>Die letzte Minute: Anfragen %1, abgewiesen oder gescheitert %2</translation>
    </message>
    <message>
        <source>%1: %2 requests, %3 of them with a warning, %4 refused or failed</source>
        <translation>%1: Anfragen %2, davon mit Hinweis %3, abgewiesen oder gescheitert %4</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>Von %1 bis %2</translation>
    </message>
    <message>
        <source>Left and Right choose a second, with Shift a span; Return filters by it.</source>
        <translation>Links und Rechts wählen eine Sekunde, mit Umschalt eine Spanne; die Eingabetaste filtert danach.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::TokenPage</name>
    <message>
        <source>Copy claims</source>
        <translation>Claims kopieren</translation>
    </message>
    <message>
        <source>Claims of the token</source>
        <translation>Claims des Tokens</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>Wert kopieren</translation>
    </message>
    <message>
        <source>This request carried no token.</source>
        <translation>Diese Anfrage trug kein Token.</translation>
    </message>
    <message>
        <source>Token %1</source>
        <translation>Token %1</translation>
    </message>
    <message>
        <source>Neither the standards nor AuthKit give this claim a meaning.</source>
        <translation>Weder die Standards noch AuthKit geben diesem Claim eine Bedeutung.</translation>
    </message>
    <message>
        <source>The token could not be read. %1</source>
        <translation>Das Token konnte nicht gelesen werden. %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::TokensPage</name>
    <message>
        <source>Look at the token</source>
        <translation>Token ansehen</translation>
    </message>
    <message>
        <source>What the client can tell itself, before a server does: with the issuer&apos;s keys, and with what it asked for.</source>
        <translation>Was der Client selbst sagen kann, bevor ein Server es tut: mit den Schlüsseln des Ausstellers und mit dem, was er verlangt hat.</translation>
    </message>
    <message>
        <source>Copy token</source>
        <translation>Token kopieren</translation>
    </message>
    <message>
        <source>Copies the secret itself</source>
        <translation>Kopiert das Geheimnis selbst</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Erneuern</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Access-Token</translation>
    </message>
    <message>
        <source>ID token</source>
        <translation>ID-Token</translation>
    </message>
    <message>
        <source>There is no access token yet.</source>
        <translation>Es gibt noch kein Access-Token.</translation>
    </message>
    <message>
        <source>There is no ID token.</source>
        <translation>Es gibt kein ID-Token.</translation>
    </message>
    <message>
        <source>This token is no JWT: only its issuer and the server can read it.</source>
        <translation>Dieses Token ist kein JWT: Nur sein Aussteller und der Server können es lesen.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::ToolCaller</name>
    <message>
        <source>The sandbox does not answer, so there is no token.</source>
        <translation>Die Sandbox antwortet nicht, also gibt es keinen Token.</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::ToolsView</name>
    <message>
        <source>the scope %1</source>
        <translation>den Scope %1</translation>
    </message>
    <message>
        <source>the permission %1</source>
        <translation>die Berechtigung %1</translation>
    </message>
    <message>
        <source>the organization %1</source>
        <translation>die Organisation %1</translation>
    </message>
    <message>
        <source>fits its output schema</source>
        <translation>passt zu seinem Ausgabeschema</translation>
    </message>
    <message>
        <source>does not fit its output schema: %1</source>
        <translation>passt nicht zu seinem Ausgabeschema: %1</translation>
    </message>
    <message>
        <source>it</source>
        <translation>es</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Search names and words</source>
        <translation>Namen und Wörter suchen</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>Ressourcen</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>Prompts</translation>
    </message>
    <message>
        <source>What servers offer</source>
        <translation>Was Server anbieten</translation>
    </message>
    <message>
        <source>Cancelled. The server was told.</source>
        <translation>Abgebrochen. Der Server weiß es.</translation>
    </message>
    <message>
        <source>Who may call it</source>
        <translation>Wer es aufrufen darf</translation>
    </message>
    <message>
        <source>Try all</source>
        <translation>Alle versuchen</translation>
    </message>
    <message>
        <source>Calls it as each of them, with what is filled in</source>
        <translation>Ruft es als jeder von ihnen auf, mit dem, was ausgefüllt ist</translation>
    </message>
    <message>
        <source>Call it as each</source>
        <translation>Als jeder aufrufen</translation>
    </message>
    <message>
        <source>Do not</source>
        <translation>Nicht aufrufen</translation>
    </message>
    <message>
        <source>Called as</source>
        <translation>Aufgerufen als</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Tor</translation>
    </message>
    <message>
        <source>What came</source>
        <translation>Was kam</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>This server</source>
        <translation>Dieser Server</translation>
    </message>
    <message>
        <source>Signed in: %1</source>
        <translation>Angemeldet: %1</translation>
    </message>
    <message>
        <source>Tools %1</source>
        <translation>Werkzeuge %1</translation>
    </message>
    <message>
        <source>Resources %1</source>
        <translation>Ressourcen %1</translation>
    </message>
    <message>
        <source>Prompts %1</source>
        <translation>Prompts %1</translation>
    </message>
    <message>
        <source>tools: %1</source>
        <translation>Werkzeuge: %1</translation>
    </message>
    <message>
        <source>no token</source>
        <translation>kein Token</translation>
    </message>
    <message>
        <source>whoever signed in</source>
        <translation>wer angemeldet ist</translation>
    </message>
    <message>
        <source>an expired token</source>
        <translation>ein abgelaufener Token</translation>
    </message>
    <message>
        <source>Call it as each of %1? It does not say that it only reads, so it may change something each time.</source>
        <translation>Als jeder von %1 aufrufen? Es sagt nicht, dass es nur liest, und ändert vielleicht jedes Mal etwas.</translation>
    </message>
    <message>
        <source>Not tried</source>
        <translation>Nicht versucht</translation>
    </message>
    <message>
        <source>Try all %1</source>
        <translation>Alle %1 versuchen</translation>
    </message>
    <message>
        <source>error: %1</source>
        <translation>Fehler: %1</translation>
    </message>
    <message>
        <source>an answer</source>
        <translation>eine Antwort</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Erlaubt</translation>
    </message>
    <message>
        <source>Called as %1</source>
        <translation>Aufgerufen als %1</translation>
    </message>
    <message>
        <source>Nothing is offered</source>
        <translation>Nichts wird angeboten</translation>
    </message>
    <message>
        <source>This server has no tools, resources or prompts.</source>
        <translation>Dieser Server hat keine Werkzeuge, Ressourcen oder Prompts.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>The server is stopped</source>
        <translation>Der Server steht</translation>
    </message>
    <message>
        <source>What it offers is listed once it runs.</source>
        <translation>Was er anbietet, steht hier, sobald er läuft.</translation>
    </message>
    <message>
        <source>What is shown of the call</source>
        <translation>Was vom Aufruf gezeigt wird</translation>
    </message>
    <message>
        <source>What it is given</source>
        <translation>Was es bekommt</translation>
    </message>
    <message>
        <source>Cancelled before it was sent.</source>
        <translation>Abgebrochen, bevor es gesendet wurde.</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::TopicPage</name>
    <message>
        <source>Put this page back</source>
        <translation>Diese Seite zurücksetzen</translation>
    </message>
    <message>
        <source>As delivered; counts with Apply</source>
        <translation>Wie ausgeliefert; gilt mit „Anwenden“</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::TrafficActions</name>
    <message>
        <source>Filter &amp;before</source>
        <translation>Fil&amp;ter davor</translation>
    </message>
    <message>
        <source>Filter &amp;after</source>
        <translation>Filter dan&amp;ach</translation>
    </message>
    <message>
        <source>P&amp;in or unpin</source>
        <translation>An&amp;heften oder lösen</translation>
    </message>
    <message>
        <source>Pau&amp;se or resume</source>
        <translation>&amp;Pause oder weiter</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filter</translation>
    </message>
    <message>
        <source>Find in the &amp;details</source>
        <translation>In den &amp;Einzelheiten suchen</translation>
    </message>
    <message>
        <source>Find a&amp;gain</source>
        <translation>&amp;Weitersuchen</translation>
    </message>
    <message>
        <source>Find bac&amp;kwards</source>
        <translation>&amp;Rückwärts suchen</translation>
    </message>
    <message>
        <source>&amp;Next request</source>
        <translation>&amp;Nächste Anfrage</translation>
    </message>
    <message>
        <source>&amp;Previous request</source>
        <translation>&amp;Vorige Anfrage</translation>
    </message>
    <message>
        <source>Next of the same sessi&amp;on</source>
        <translation>Nächste &amp;derselben Sitzung</translation>
    </message>
    <message>
        <source>Pre&amp;vious of the same session</source>
        <translation>Vorige derselben S&amp;itzung</translation>
    </message>
    <message>
        <source>Next pin</source>
        <translation>Nächste angeheftete</translation>
    </message>
    <message>
        <source>Previous pin</source>
        <translation>Vorige angeheftete</translation>
    </message>
    <message>
        <source>&amp;Copy row</source>
        <translation>&amp;Zeile kopieren</translation>
    </message>
    <message>
        <source>Follow the ne&amp;west</source>
        <translation>Der neue&amp;sten folgen</translation>
    </message>
    <message>
        <source>Copy &amp;report</source>
        <translation>&amp;Bericht kopieren</translation>
    </message>
    <message>
        <source>Copy as c&amp;URL</source>
        <translation>Als c&amp;URL kopieren</translation>
    </message>
    <message>
        <source>Show summary</source>
        <translation>Überblick zeigen</translation>
    </message>
    <message>
        <source>Show request</source>
        <translation>Anfrage zeigen</translation>
    </message>
    <message>
        <source>Show response</source>
        <translation>Antwort zeigen</translation>
    </message>
    <message>
        <source>Show headers</source>
        <translation>Kopfzeilen zeigen</translation>
    </message>
    <message>
        <source>Show token</source>
        <translation>Token zeigen</translation>
    </message>
    <message>
        <source>Show timing</source>
        <translation>Zeiten zeigen</translation>
    </message>
    <message>
        <source>Details where the&amp;y fit</source>
        <translation>Einzelheiten je n&amp;ach Platz</translation>
    </message>
    <message>
        <source>Details at the ri&amp;ght</source>
        <translation>Einzelheiten re&amp;chts</translation>
    </message>
    <message>
        <source>Details &amp;below</source>
        <translation>Einzelheiten &amp;unten</translation>
    </message>
    <message>
        <source>Time stri&amp;p</source>
        <translation>Zeitleiste (&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Maximise the details, or not</source>
        <translation>Einzelhei&amp;ten groß oder nicht</translation>
    </message>
    <message>
        <source>Details in a &amp;window of their own</source>
        <translation>Einzelheiten im eigenen Fenste&amp;r</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::TrafficTable</name>
    <message>
        <source>Traffic</source>
        <translation>Verkehr</translation>
    </message>
    <message>
        <source>Filter by %1</source>
        <translation>Nach %1 filtern</translation>
    </message>
    <message>
        <source>Exclude %1</source>
        <translation>%1 ausschließen</translation>
    </message>
    <message>
        <source>Show the same session</source>
        <translation>Dieselbe Sitzung zeigen</translation>
    </message>
    <message>
        <source>Show the same token</source>
        <translation>Dasselbe Token zeigen</translation>
    </message>
    <message>
        <source>Copy the request&apos;s body</source>
        <translation>Rumpf der Anfrage kopieren</translation>
    </message>
    <message>
        <source>Copy the answer&apos;s body</source>
        <translation>Rumpf der Antwort kopieren</translation>
    </message>
    <message>
        <source>Copy the beginning of the request&apos;s body</source>
        <translation>Anfang des Rumpfes der Anfrage kopieren</translation>
    </message>
    <message>
        <source>Copy the beginning of the answer&apos;s body</source>
        <translation>Anfang des Rumpfes der Antwort kopieren</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::TrafficView</name>
    <message>
        <source>Filter: words, or auth:expired  http:4xx  tool:…  user:…  dur:&gt;500ms</source>
        <translation>Filter: Wörter oder auth:expired  http:4xx  tool:…  user:…  dur:&gt;500ms</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Auth</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>Tool calls</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message numerus="yes">
        <source>%n new – follow</source>
        <translation>
            <numerusform>%n neue – folgen</numerusform>
            <numerusform>%n neue – folgen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>0 of %n match</source>
        <translation>
            <numerusform>0 von %n passt</numerusform>
            <numerusform>0 von %n passen</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing that was recorded fits the filter.</source>
        <translation>Nichts von dem, was aufgezeichnet wurde, passt zum Filter.</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message numerus="yes">
        <source>%n not recorded</source>
        <translation>
            <numerusform>%n nicht aufgezeichnet</numerusform>
            <numerusform>%n nicht aufgezeichnet</numerusform>
        </translation>
    </message>
    <message>
        <source>No request yet</source>
        <translation>Noch keine Anfrage</translation>
    </message>
    <message>
        <source>Point an MCP client at %1. Each request appears here as it arrives.</source>
        <translation>Ein MCP-Client kann sich nun mit %1 verbinden. Jede Anfrage erscheint hier, sobald sie eintrifft.</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>The server is stopped</source>
        <translation>Der Server ist angehalten</translation>
    </message>
    <message>
        <source>Nothing can arrive.</source>
        <translation>Es kann nichts eintreffen.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>%1 of %2 shown</source>
        <translation>%1 von %2 gezeigt</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Show what reaches the sandbox, too</source>
        <translation>Auch zeigen, was die Sandbox erreicht</translation>
    </message>
    <message>
        <source>Run the built-in client</source>
        <translation>Eingebauten Client ausführen</translation>
    </message>
    <message>
        <source>The server could not start</source>
        <translation>Der Server konnte nicht starten</translation>
    </message>
    <message>
        <source>Another program listens there.</source>
        <translation>Dort lauscht ein anderes Programm.</translation>
    </message>
    <message>
        <source>%1 listens there.</source>
        <translation>Dort lauscht %1.</translation>
    </message>
    <message>
        <source>Port %1 is taken</source>
        <translation>Port %1 ist belegt</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 nehmen</translation>
    </message>
    <message>
        <source>Saved and earlier filters</source>
        <translation>Gesicherte und frühere Filter</translation>
    </message>
    <message>
        <source>Forget this filter</source>
        <translation>Diesen Filter vergessen</translation>
    </message>
    <message>
        <source>Save this filter</source>
        <translation>Diesen Filter sichern</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gesichert</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message numerus="yes">
        <source>Paused, %n not recorded</source>
        <translation>
            <numerusform>Pausiert, %n nicht aufgezeichnet</numerusform>
            <numerusform>Pausiert, %n nicht aufgezeichnet</numerusform>
        </translation>
    </message>
    <message>
        <source>Following the newest</source>
        <translation>Folgt der neuesten</translation>
    </message>
    <message numerus="yes">
        <source>Scrolled back, %n new below</source>
        <translation>
            <numerusform>Zurückgeblättert, %n neue darunter</numerusform>
            <numerusform>Zurückgeblättert, %n neue darunter</numerusform>
        </translation>
    </message>
    <message>
        <source>Scrolled back</source>
        <translation>Zurückgeblättert</translation>
    </message>
    <message>
        <source>Sandbox rows hidden: %1</source>
        <translation>Verborgene Sandbox-Zeilen: %1</translation>
    </message>
    <message>
        <source>%1 dropped, oldest first, beyond %2 rows or %3</source>
        <translation>%1 verworfen, die ältesten zuerst, über %2 Zeilen oder %3</translation>
    </message>
    <message>
        <source>There are %1 saved filters: forget one first</source>
        <translation>Es gibt %1 gesicherte Filter: zuerst einen vergessen</translation>
    </message>
</context>
<context>
    <name>gatehouse::app::WorkOsPage</name>
    <message>
        <source>API key</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Aufbewahren</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Resource indicators</source>
        <translation>Resource Indicators</translation>
    </message>
    <message>
        <source>The addresses that tokens of this environment may name (RFC 8707)</source>
        <translation>Die Adressen, die Token dieser Umgebung nennen dürfen (RFC 8707)</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut nachsehen</translation>
    </message>
    <message>
        <source>Add this address</source>
        <translation>Diese Adresse hinzufügen</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Add it to the environment</source>
        <translation>Der Umgebung hinzufügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>It is kept in the system&apos;s keyring, never in a file.</source>
        <translation>Er wird im Schlüsselbund des Systems aufbewahrt, nie in einer Datei.</translation>
    </message>
    <message>
        <source>There is no keyring here: it is kept in memory until the program ends.</source>
        <translation>Hier gibt es keinen Schlüsselbund: Er bleibt im Speicher, bis das Programm endet.</translation>
    </message>
    <message>
        <source>With a key the tools about users and organizations are offered, and this page can ask WorkOS. It is in the dashboard under API keys.</source>
        <translation>Mit einem Schlüssel werden die Werkzeuge zu Benutzern und Organisationen angeboten, und diese Seite kann WorkOS fragen. Er steht im Dashboard unter „API keys“.</translation>
    </message>
    <message>
        <source>%1 of the environment (WORKOS_API_KEY) counts.</source>
        <translation>%1 aus der Umgebung (WORKOS_API_KEY) gilt.</translation>
    </message>
    <message>
        <source>%1 counts.</source>
        <translation>%1 gilt.</translation>
    </message>
    <message>
        <source>The sandbox has a stand-in for WorkOS&apos;s API, with a key of its own; yours counts with an AuthKit environment.</source>
        <translation>Die Sandbox hat einen Stellvertreter für die API von WorkOS mit einem eigenen Schlüssel; der eigene gilt mit einer AuthKit-Umgebung.</translation>
    </message>
    <message>
        <source>%1 (usual)</source>
        <translation>%1 (üblich)</translation>
    </message>
    <message>
        <source>In the dashboard it is Connect → Configuration → MCP resource indicators.</source>
        <translation>Im Dashboard: Connect → Configuration → MCP resource indicators.</translation>
    </message>
    <message>
        <source>Without a key they are not known: %1 must be among them.</source>
        <translation>Ohne Schlüssel sind sie nicht bekannt: %1 muss dabei sein.</translation>
    </message>
    <message>
        <source>this server&apos;s address</source>
        <translation>die Adresse dieses Servers</translation>
    </message>
    <message>
        <source>Asking WorkOS …</source>
        <translation>WorkOS wird gefragt …</translation>
    </message>
    <message>
        <source>This environment&apos;s API does not have them.</source>
        <translation>Die API dieser Umgebung kennt sie nicht.</translation>
    </message>
    <message>
        <source>Tokens of this environment may name %1 from then on. Add it?</source>
        <translation>Token dieser Umgebung dürfen danach %1 nennen. Hinzufügen?</translation>
    </message>
    <message>
        <source>The server does not run, so it has no address.</source>
        <translation>Der Server läuft nicht und hat darum keine Adresse.</translation>
    </message>
    <message>
        <source>%1 is among them: tokens can name this server.</source>
        <translation>%1 ist dabei: Token können diesen Server nennen.</translation>
    </message>
    <message>
        <source>There are none, so tokens name the environment and not %1.</source>
        <translation>Es gibt keine, darum nennen Token die Umgebung und nicht %1.</translation>
    </message>
    <message>
        <source>%1 is not among them, byte for byte: AuthKit refuses to make tokens for it (invalid_target).</source>
        <translation>%1 ist nicht dabei, Byte für Byte: AuthKit stellt dafür keine Token aus (invalid_target).</translation>
    </message>
</context>
<context>
    <name>gatehouse::auth::Check</name>
    <message>
        <source>verifyJwt is off; this would be refused</source>
        <translation>verifyJwt ist aus; dies würde abgewiesen</translation>
    </message>
    <message>
        <source>a key of the issuer</source>
        <translation>ein Schlüssel des Ausstellers</translation>
    </message>
    <message>
        <source>there is no key to check it with</source>
        <translation>es gibt keinen Schlüssel, um sie zu prüfen</translation>
    </message>
    <message>
        <source>the key is meant for another algorithm</source>
        <translation>der Schlüssel ist für ein anderes Verfahren bestimmt</translation>
    </message>
    <message>
        <source>the keys at hand do not have it, and none were fetched for a token that is refused anyway</source>
        <translation>die vorhandenen Schlüssel enthalten ihn nicht, und für ein ohnehin abgewiesenes Token wurden keine geholt</translation>
    </message>
    <message>
        <source>verifyJwt is off</source>
        <translation>verifyJwt ist aus</translation>
    </message>
    <message>
        <source>a string</source>
        <translation>eine Zeichenfolge</translation>
    </message>
    <message>
        <source>a time in seconds since 1970</source>
        <translation>eine Zeit in Sekunden seit 1970</translation>
    </message>
    <message>
        <source>an array of strings</source>
        <translation>eine Liste von Zeichenfolgen</translation>
    </message>
    <message>
        <source>an array</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>a string or an array of strings</source>
        <translation>eine Zeichenfolge oder eine Liste davon</translation>
    </message>
    <message>
        <source>the user&apos;s id</source>
        <translation>die Kennung des Benutzers</translation>
    </message>
    <message>
        <source>within the clock tolerance</source>
        <translation>innerhalb der Uhrentoleranz</translation>
    </message>
    <message>
        <source>an access token</source>
        <translation>ein Zugriffstoken</translation>
    </message>
    <message>
        <source>checked with an earlier call; the keys are the same</source>
        <translation>bei einem früheren Aufruf geprüft; die Schlüssel sind dieselben</translation>
    </message>
    <message>
        <source>verifyJwt is off; it would be found good</source>
        <translation>verifyJwt ist aus; sie würde für gut befunden</translation>
    </message>
    <message>
        <source>a browser-session token</source>
        <translation>ein Browser-Sitzungstoken</translation>
    </message>
    <message>
        <source>an ID token</source>
        <translation>ein ID-Token</translation>
    </message>
    <message>
        <source>also made for another server, which could use it here</source>
        <translation>auch für einen anderen Server ausgestellt, der es hier benutzen könnte</translation>
    </message>
</context>
<context>
    <name>gatehouse::auth::Explanation</name>
    <message>
        <source>–</source>
        <translation>–</translation>
    </message>
    <message>
        <source>No token is needed here.</source>
        <translation>Hier ist kein Token nötig.</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Gültig</translation>
    </message>
    <message>
        <source>The token is valid: signature, issuer, audience and times are right.</source>
        <translation>Das Token ist gültig: Signatur, Aussteller, Empfänger und Zeiten stimmen.</translation>
    </message>
    <message>
        <source>Not verified</source>
        <translation>Ungeprüft</translation>
    </message>
    <message>
        <source>Let in without a check of the signature: verifyJwt is off.</source>
        <translation>Ohne Prüfung der Signatur eingelassen: verifyJwt ist aus.</translation>
    </message>
    <message>
        <source>Switch verifyJwt on in the settings before anybody else can reach this server.</source>
        <translation>verifyJwt in den Einstellungen einschalten, bevor jemand anderes diesen Server erreichen kann.</translation>
    </message>
    <message>
        <source>No token</source>
        <translation>Kein Token</translation>
    </message>
    <message>
        <source>The request carries no token.</source>
        <translation>Die Anfrage trägt kein Token.</translation>
    </message>
    <message>
        <source>Wrong scheme</source>
        <translation>Falsches Schema</translation>
    </message>
    <message>
        <source>The Authorization header is not of the Bearer scheme.</source>
        <translation>Die Kopfzeile Authorization hat nicht das Schema Bearer.</translation>
    </message>
    <message>
        <source>Send “Authorization: Bearer &lt;token&gt;”.</source>
        <translation>„Authorization: Bearer &lt;token&gt;“ senden.</translation>
    </message>
    <message>
        <source>Malformed header</source>
        <translation>Kopfzeile fehlerhaft</translation>
    </message>
    <message>
        <source>The Authorization header is malformed, or came twice.</source>
        <translation>Die Kopfzeile Authorization ist fehlerhaft oder kam zweimal.</translation>
    </message>
    <message>
        <source>Send one Authorization header with one token of the characters that RFC 6750 allows.</source>
        <translation>Eine Kopfzeile Authorization mit einem Token aus den Zeichen senden, die RFC 6750 erlaubt.</translation>
    </message>
    <message>
        <source>Token in query</source>
        <translation>Token in der Adresse</translation>
    </message>
    <message>
        <source>The request carries a token in its query, where proxies and logs can read it.</source>
        <translation>Die Anfrage trägt ein Token in der Adresse, wo Proxys und Protokolle es lesen können.</translation>
    </message>
    <message>
        <source>Move the token to the Authorization header and treat this one as leaked.</source>
        <translation>Das Token in die Kopfzeile Authorization legen und dieses als bekannt geworden behandeln.</translation>
    </message>
    <message>
        <source>Too long</source>
        <translation>Zu lang</translation>
    </message>
    <message>
        <source>The token is longer than 16 KiB and was not read.</source>
        <translation>Das Token ist länger als 16 KiB und wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>Make the JWT template of the environment smaller.</source>
        <translation>Die JWT-Vorlage der Umgebung kleiner machen.</translation>
    </message>
    <message>
        <source>Malformed</source>
        <translation>Fehlerhaft</translation>
    </message>
    <message>
        <source>The token is not a signed JWT: its parts are not three, not base64url or not JSON.</source>
        <translation>Das Token ist kein signiertes JWT: Es hat nicht drei Teile, oder sie sind nicht base64url oder nicht JSON.</translation>
    </message>
    <message>
        <source>Send the access_token of the token answer, whole, and neither the id_token nor the refresh_token.</source>
        <translation>Das ganze access_token der Token-Antwort senden, weder id_token noch refresh_token.</translation>
    </message>
    <message>
        <source>Unsafe header</source>
        <translation>Unsicherer Kopf</translation>
    </message>
    <message>
        <source>The token&apos;s header carries a member that would change how it is verified.</source>
        <translation>Der Kopf des Tokens enthält ein Feld, das seine Prüfung ändern würde.</translation>
    </message>
    <message>
        <source>AuthKit issues no such token: find out where it came from.</source>
        <translation>AuthKit stellt solche Token nicht aus: Woher kam es?</translation>
    </message>
    <message>
        <source>Wrong algorithm</source>
        <translation>Falsches Verfahren</translation>
    </message>
    <message>
        <source>The token says algorithm “%2”; allowed is %1.</source>
        <translation>Das Token nennt das Verfahren „%2“; erlaubt ist %1.</translation>
    </message>
    <message>
        <source>AuthKit signs with RS256: find out where this token came from.</source>
        <translation>AuthKit signiert mit RS256: Woher kam dieses Token?</translation>
    </message>
    <message>
        <source>Unknown key</source>
        <translation>Unbekannter Schlüssel</translation>
    </message>
    <message>
        <source>Sign in again; compare the subdomain with the place the token came from.</source>
        <translation>Neu anmelden; die Subdomain mit der Herkunft des Tokens vergleichen.</translation>
    </message>
    <message>
        <source>Key mismatch</source>
        <translation>Schlüssel passt nicht</translation>
    </message>
    <message>
        <source>Find out where this token came from.</source>
        <translation>Woher kam dieses Token?</translation>
    </message>
    <message>
        <source>Bad signature</source>
        <translation>Signatur falsch</translation>
    </message>
    <message>
        <source>The signature does not belong to this token: it was changed or signed by somebody else.</source>
        <translation>Die Signatur gehört nicht zu diesem Token: Es wurde verändert oder von jemand anderem signiert.</translation>
    </message>
    <message>
        <source>Send the token unchanged, or sign in again.</source>
        <translation>Das Token unverändert senden oder neu anmelden.</translation>
    </message>
    <message>
        <source>No keys</source>
        <translation>Keine Schlüssel</translation>
    </message>
    <message>
        <source>The issuer&apos;s keys could not be fetched, so no token can be judged.</source>
        <translation>Die Schlüssel des Ausstellers waren nicht zu holen, also ist kein Token zu beurteilen.</translation>
    </message>
    <message>
        <source>Wrong issuer</source>
        <translation>Falscher Aussteller</translation>
    </message>
    <message>
        <source>The token was issued by %2; this server trusts %1.</source>
        <translation>Das Token hat %2 ausgestellt; dieser Server vertraut %1.</translation>
    </message>
    <message>
        <source>Claim missing</source>
        <translation>Claim fehlt</translation>
    </message>
    <message>
        <source>The token has no “%5”.</source>
        <translation>Dem Token fehlt „%5“.</translation>
    </message>
    <message>
        <source>Send an access token of AuthKit; an id_token or a key will not do.</source>
        <translation>Ein Access-Token von AuthKit senden; ein id_token oder ein Schlüssel genügt nicht.</translation>
    </message>
    <message>
        <source>Wrong type</source>
        <translation>Falscher Typ</translation>
    </message>
    <message>
        <source>The claim “%5” is not %1.</source>
        <translation>Der Claim „%5“ ist nicht: %1.</translation>
    </message>
    <message>
        <source>Look at the JWT template of the environment.</source>
        <translation>Die JWT-Vorlage der Umgebung ansehen.</translation>
    </message>
    <message>
        <source>Wrong audience</source>
        <translation>Falscher Empfänger</translation>
    </message>
    <message>
        <source>The token is for %2; this server is %1.</source>
        <translation>Das Token ist für %2; dieser Server ist %1.</translation>
    </message>
    <message>
        <source>Add %1, exactly so, under Connect → Configuration → MCP resource indicators, and sign in again.</source>
        <translation>%1 genau so unter „Connect → Configuration → MCP resource indicators“ eintragen und neu anmelden.</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>The token expired %3 ago.</source>
        <translation>Das Token ist vor %3 abgelaufen.</translation>
    </message>
    <message>
        <source>Not yet valid</source>
        <translation>Noch nicht gültig</translation>
    </message>
    <message>
        <source>The token becomes valid only in %3.</source>
        <translation>Das Token wird erst in %3 gültig.</translation>
    </message>
    <message>
        <source>Set the clocks of both machines.</source>
        <translation>Die Uhren beider Rechner stellen.</translation>
    </message>
    <message>
        <source>Scope missing</source>
        <translation>Scope fehlt</translation>
    </message>
    <message>
        <source>The token lacks the scope “%4”; needed is %1.</source>
        <translation>Dem Token fehlt der Scope „%4“; nötig ist %1.</translation>
    </message>
    <message>
        <source>Sign in again and ask for the scopes of the challenge.</source>
        <translation>Neu anmelden und die Scopes der Aufforderung verlangen.</translation>
    </message>
    <message>
        <source>Nothing else is wrong with it.</source>
        <translation>Sonst ist daran nichts falsch.</translation>
    </message>
    <message>
        <source>one trailing slash too many</source>
        <translation>ein Schrägstrich zu viel am Ende</translation>
    </message>
    <message>
        <source>the trailing slash is missing</source>
        <translation>der Schrägstrich am Ende fehlt</translation>
    </message>
    <message>
        <source>%1 instead of %2</source>
        <translation>%1 statt %2</translation>
    </message>
    <message>
        <source>another port</source>
        <translation>ein anderer Port</translation>
    </message>
    <message>
        <source>another name: %1 instead of %2</source>
        <translation>ein anderer Name: %1 statt %2</translation>
    </message>
    <message>
        <source>that is a client id: no resource indicator is configured</source>
        <translation>das ist eine Client-Kennung: Es ist kein „resource indicator“ eingetragen</translation>
    </message>
    <message>
        <source>Wrong kind</source>
        <translation>Falsche Art</translation>
    </message>
    <message>
        <source>This is no access token for MCP but %2.</source>
        <translation>Das ist kein Zugriffstoken für MCP, sondern %2.</translation>
    </message>
    <message>
        <source>Send the access_token that the AuthKit domain&apos;s own token endpoint answered with.</source>
        <translation>Das access_token senden, das der Token-Endpunkt der AuthKit-Domain selbst ausgestellt hat.</translation>
    </message>
    <message>
        <source>Permission missing</source>
        <translation>Berechtigung fehlt</translation>
    </message>
    <message>
        <source>The token lacks the permission “%4”; needed is %1.</source>
        <translation>Dem Token fehlt die Berechtigung „%4“; nötig ist %1.</translation>
    </message>
    <message>
        <source>Give the user&apos;s role the permission in Dashboard → Roles &amp; Permissions, and sign in again.</source>
        <translation>Der Rolle des Benutzers die Berechtigung unter Dashboard → Roles &amp; Permissions geben und neu anmelden.</translation>
    </message>
    <message>
        <source>Wrong organization</source>
        <translation>Falsche Organisation</translation>
    </message>
    <message>
        <source>The token is for the organization %2; this is for %1.</source>
        <translation>Das Token gilt für die Organisation %2; dies hier ist für %1.</translation>
    </message>
    <message>
        <source>Sign in again and choose the organization.</source>
        <translation>Neu anmelden und die Organisation wählen.</translation>
    </message>
    <message>
        <source>Connect → Configuration → MCP resource indicators</source>
        <translation>Connect → Configuration → MCP resource indicators</translation>
    </message>
    <message>
        <source>Authentication → Sessions → JWT template</source>
        <translation>Authentication → Sessions → JWT template</translation>
    </message>
    <message>
        <source>Every client begins like this, to learn from the challenge where to sign in.</source>
        <translation>So beginnt jeder Client: aus der Challenge erfährt er, wo er sich anmelden kann.</translation>
    </message>
    <message>
        <source>The client is set up for another way to sign in, such as a password or a key, or leaves out the word Bearer.</source>
        <translation>Der Client ist auf eine andere Anmeldung eingestellt, etwa Passwort oder Schlüssel, oder lässt das Wort Bearer weg.</translation>
    </message>
    <message>
        <source>Two parts of the client, or a proxy in front, each add a header; or the token was pasted with quotes, blanks or a line break.</source>
        <translation>Zwei Teile des Clients, oder ein Proxy davor, setzen je eine Kopfzeile; oder das Token wurde mit Anführungszeichen, Leerzeichen oder Zeilenumbruch eingefügt.</translation>
    </message>
    <message>
        <source>The client uses RFC 6750 §2.3, which MCP forbids.</source>
        <translation>Der Client benutzt RFC 6750 §2.3, was MCP verbietet.</translation>
    </message>
    <message>
        <source>AuthKit&apos;s templates stop at 3 KiB, so this is hardly a token of AuthKit&apos;s.</source>
        <translation>Vorlagen von AuthKit enden bei 3 KiB; dies ist also kaum ein Token von AuthKit.</translation>
    </message>
    <message>
        <source>It was cut when it was copied, or it is an opaque token, such as a refresh token or an API key.</source>
        <translation>Es wurde beim Kopieren abgeschnitten, oder es ist ein undurchsichtiges Token wie ein Refresh-Token oder ein API-Schlüssel.</translation>
    </message>
    <message>
        <source>crit, b64, jku, jwk, x5u, x5c and zip let a sender choose the key or the meaning of a signature: forged tokens carry them.</source>
        <translation>crit, b64, jku, jwk, x5u, x5c und zip lassen den Absender den Schlüssel oder die Bedeutung einer Signatur wählen: gefälschte Token tragen sie.</translation>
    </message>
    <message>
        <source>Its header says that it was made for something else.</source>
        <translation>Sein Kopf sagt, dass es für etwas anderes gemacht ist.</translation>
    </message>
    <message>
        <source>The token was not made by AuthKit, or was changed.</source>
        <translation>Das Token stammt nicht von AuthKit oder wurde verändert.</translation>
    </message>
    <message>
        <source>The key “%2” is not in the issuer&apos;s set, which was fetched again at %6.</source>
        <translation>Der Schlüssel „%2“ ist nicht im Satz des Ausstellers, der um %6 erneut geholt wurde.</translation>
    </message>
    <message>
        <source>The issuer has withdrawn the key, or the token is from another environment.</source>
        <translation>Der Aussteller hat den Schlüssel zurückgezogen, oder das Token stammt aus einer anderen Umgebung.</translation>
    </message>
    <message>
        <source>The token says %1, but the issuer&apos;s key of that name is meant for %2.</source>
        <translation>Das Token sagt %1, aber der Schlüssel dieses Namens beim Aussteller ist für %2.</translation>
    </message>
    <message>
        <source>The token&apos;s header was changed, or its issuer signs in a way that its own key set does not allow.</source>
        <translation>Der Kopf des Tokens wurde verändert, oder sein Aussteller unterschreibt anders, als sein eigener Schlüsselsatz erlaubt.</translation>
    </message>
    <message>
        <source>It was edited or cut on its way, or another server has a key of the same name.</source>
        <translation>Es wurde unterwegs bearbeitet oder abgeschnitten, oder ein anderer Server hat einen Schlüssel desselben Namens.</translation>
    </message>
    <message>
        <source>Check the subdomain and the network. The server goes on trying by itself.</source>
        <translation>Subdomain und Netz prüfen. Der Server versucht es von selbst weiter.</translation>
    </message>
    <message>
        <source>The client signed in somewhere else, or has kept a sign-in from before this server&apos;s issuer was changed.</source>
        <translation>Der Client hat sich woanders angemeldet oder eine Anmeldung aus der Zeit behalten, bevor der Aussteller dieses Servers geändert wurde.</translation>
    </message>
    <message>
        <source>Sign in again, and remove what the client has stored for this server if it goes to the old place; or set the subdomain to the issuer of your tokens.</source>
        <translation>Neu anmelden und löschen, was der Client für diesen Server gespeichert hat, falls er an den alten Ort geht; oder die Subdomain auf den Aussteller Ihrer Token setzen.</translation>
    </message>
    <message>
        <source>Each access token of AuthKit has iss, aud, sub and exp: this one was made by something else.</source>
        <translation>Jedes Zugriffstoken von AuthKit hat iss, aud, sub und exp: dieses stammt von etwas anderem.</translation>
    </message>
    <message>
        <source>A JWT template writes it so: a template may replace aud, sid, org_id and role.</source>
        <translation>Eine JWT-Vorlage schreibt ihn so: eine Vorlage darf aud, sid, org_id und role ersetzen.</translation>
    </message>
    <message>
        <source>The client asked for another server; or it asked for none, and got the environment&apos;s default indicator; or a JWT template replaces aud.</source>
        <translation>Der Client hat nach einem anderen Server gefragt; oder nach keinem und den Standardindikator der Umgebung bekommen; oder eine JWT-Vorlage ersetzt aud.</translation>
    </message>
    <message>
        <source>The client did not refresh in time: AuthKit&apos;s access tokens live 5 minutes.</source>
        <translation>Der Client hat nicht rechtzeitig erneuert: Zugriffstoken von AuthKit leben 5 Minuten.</translation>
    </message>
    <message>
        <source>Let the client use its refresh token, or sign in again.</source>
        <translation>Den Client sein Refresh-Token benutzen lassen oder neu anmelden.</translation>
    </message>
    <message>
        <source>The issuer&apos;s clock and this computer&apos;s differ, or the token was made by hand.</source>
        <translation>Die Uhren des Ausstellers und dieses Rechners gehen verschieden, oder das Token wurde von Hand gemacht.</translation>
    </message>
    <message>
        <source>The user&apos;s role in this organization does not have it.</source>
        <translation>Die Rolle des Benutzers in dieser Organisation hat sie nicht.</translation>
    </message>
    <message>
        <source>The user chose this organization when signing in; a token is for one only.</source>
        <translation>Der Benutzer hat diese Organisation beim Anmelden gewählt; ein Token gilt nur für eine.</translation>
    </message>
    <message>
        <source>The client did not ask for it, or the user did not grant it.</source>
        <translation>Der Client hat nicht danach gefragt, oder der Benutzer hat ihn nicht gewährt.</translation>
    </message>
    <message>
        <source>The token is not signed at all: anybody can write one.</source>
        <translation>Das Token ist gar nicht unterschrieben: so eines kann jeder schreiben.</translation>
    </message>
    <message>
        <source>It is signed with a shared secret: whoever can check such a token can make one. Forged tokens use the issuer&apos;s public key as that secret.</source>
        <translation>Es ist mit einem gemeinsamen Geheimnis unterschrieben: wer so ein Token prüfen kann, kann es auch machen. Gefälschte Token nehmen den öffentlichen Schlüssel des Ausstellers als dieses Geheimnis.</translation>
    </message>
    <message>
        <source>The issuer signs with an algorithm that the settings do not allow.</source>
        <translation>Der Aussteller unterschreibt mit einem Algorithmus, den die Einstellungen nicht erlauben.</translation>
    </message>
    <message>
        <source>If that is your issuer&apos;s algorithm, add %2 to the algorithms in the settings.</source>
        <translation>Ist das der Algorithmus Ihres Ausstellers, %2 in den Einstellungen zu den Algorithmen hinzufügen.</translation>
    </message>
    <message>
        <source>The issuer publishes a key of that name, but it cannot be used: %4.</source>
        <translation>Der Aussteller veröffentlicht einen Schlüssel dieses Namens, aber er ist nicht brauchbar: %4.</translation>
    </message>
    <message>
        <source>Whoever runs the issuer must publish a key that is fit to verify signatures.</source>
        <translation>Wer den Aussteller betreibt, muss einen Schlüssel veröffentlichen, der zum Prüfen von Signaturen taugt.</translation>
    </message>
    <message>
        <source>The token names no key (kid), and the issuer publishes several.</source>
        <translation>Das Token nennt keinen Schlüssel (kid), und der Aussteller veröffentlicht mehrere.</translation>
    </message>
    <message>
        <source>The sandbox makes a new key whenever it starts: this token is from before that.</source>
        <translation>Die Sandbox macht bei jedem Start einen neuen Schlüssel: dieses Token ist von davor.</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Neu anmelden.</translation>
    </message>
    <message>
        <source>It comes from WorkOS&apos;s User Management, whose tokens are for an application&apos;s own pages. The two products&apos; tokens are not interchangeable.</source>
        <translation>Es stammt vom User Management von WorkOS, dessen Token für die eigenen Seiten einer Anwendung sind. Die Token der beiden Produkte sind nicht austauschbar.</translation>
    </message>
    <message>
        <source>Let the client sign in at the AuthKit domain that this server&apos;s metadata names.</source>
        <translation>Den Client sich bei der AuthKit-Domain anmelden lassen, die die Metadaten dieses Servers nennen.</translation>
    </message>
    <message>
        <source>An ID token tells the client who signed in; it is for nobody else.</source>
        <translation>Ein ID-Token sagt dem Client, wer sich angemeldet hat; es ist für niemand anderen.</translation>
    </message>
    <message>
        <source>Send the access_token of the same token answer.</source>
        <translation>Das access_token derselben Token-Antwort senden.</translation>
    </message>
    <message>
        <source>One of the two is a staging environment: its keys, clients and users are separate from production&apos;s.</source>
        <translation>Eine der beiden ist eine Staging-Umgebung: ihre Schlüssel, Clients und Benutzer sind von denen der Produktion getrennt.</translation>
    </message>
    <message>
        <source>Use the same environment on both sides, and sign in again.</source>
        <translation>Auf beiden Seiten dieselbe Umgebung benutzen und neu anmelden.</translation>
    </message>
    <message>
        <source>The token comes from a sandbox on this computer, but the server now trusts your environment.</source>
        <translation>Das Token stammt von einer Sandbox auf diesem Rechner, der Server vertraut jetzt aber Ihrer Umgebung.</translation>
    </message>
    <message>
        <source>The token comes from an environment, but the server uses its sandbox.</source>
        <translation>Das Token stammt aus einer Umgebung, der Server benutzt aber seine Sandbox.</translation>
    </message>
    <message>
        <source>Set the subdomain to that environment, or sign in again at the sandbox.</source>
        <translation>Die Subdomain auf diese Umgebung setzen oder sich bei der Sandbox neu anmelden.</translation>
    </message>
    <message>
        <source>They are compared byte for byte, and differ: %4.</source>
        <translation>Sie werden Byte für Byte verglichen und unterscheiden sich: %4.</translation>
    </message>
    <message>
        <source>Set the subdomain to exactly what the token names, if that is your environment.</source>
        <translation>Die Subdomain auf genau das setzen, was das Token nennt, wenn das Ihre Umgebung ist.</translation>
    </message>
    <message>
        <source>No resource indicator is configured, so AuthKit names its environment&apos;s client id, whatever the client asked for. Sign-in works, and every call will be refused.</source>
        <translation>Kein Ressourcenindikator ist eingerichtet, also nennt AuthKit die Client-Kennung seiner Umgebung, wonach der Client auch gefragt hat. Die Anmeldung gelingt, und jeder Aufruf wird abgewiesen.</translation>
    </message>
    <message>
        <source>The issuer&apos;s clock is %7 ahead of this computer&apos;s.</source>
        <translation>Die Uhr des Ausstellers geht der dieses Rechners %7 vor.</translation>
    </message>
    <message>
        <source>Set this computer&apos;s clock.</source>
        <translation>Die Uhr dieses Rechners stellen.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %7 ahead of the issuer&apos;s.</source>
        <translation>Die Uhr dieses Rechners geht der des Ausstellers %7 vor.</translation>
    </message>
    <message>
        <source>The client cannot refresh: the token was granted without offline_access.</source>
        <translation>Der Client kann nicht erneuern: das Token wurde ohne offline_access gewährt.</translation>
    </message>
    <message>
        <source>Let the client ask for offline_access as well, and sign in again.</source>
        <translation>Den Client auch nach offline_access fragen lassen und neu anmelden.</translation>
    </message>
    <message>
        <source>AuthKit grants clients that registered themselves only email, offline_access, openid and profile.</source>
        <translation>AuthKit gewährt Clients, die sich selbst registriert haben, nur email, offline_access, openid und profile.</translation>
    </message>
    <message>
        <source>Make a Connect application that may have “%4”, give its client id to the client, and sign in with it.</source>
        <translation>Eine Connect-Anwendung anlegen, die „%4“ haben darf, dem Client ihre Client-Kennung geben und sich damit anmelden.</translation>
    </message>
    <message>
        <source>Connect → Applications</source>
        <translation>Connect → Applications</translation>
    </message>
    <message>
        <source>The token has no permissions at all: AuthKit&apos;s stock access token has none.</source>
        <translation>Das Token hat gar keine Berechtigungen: das übliche Zugriffstoken von AuthKit hat keine.</translation>
    </message>
    <message>
        <source>Add “permissions” with a JWT template, and sign in again.</source>
        <translation>„permissions“ mit einer JWT-Vorlage hinzufügen und neu anmelden.</translation>
    </message>
    <message>
        <source>The token is for no organization: the user has none, or chose none.</source>
        <translation>Das Token gilt für keine Organisation: der Benutzer hat keine oder hat keine gewählt.</translation>
    </message>
    <message>
        <source>Add the user to the organization, and sign in again.</source>
        <translation>Den Benutzer in die Organisation aufnehmen und neu anmelden.</translation>
    </message>
    <message>
        <source>Organizations</source>
        <translation>Organizations</translation>
    </message>
    <message>
        <source>The token has no e-mail address, as AuthKit&apos;s stock access token has none: it is in the ID token and at userinfo. A JWT template adds it for tools.</source>
        <translation>Das Token hat keine E-Mail-Adresse, denn das übliche Zugriffstoken von AuthKit hat keine: sie steht im ID-Token und bei userinfo. Eine JWT-Vorlage fügt sie für Werkzeuge hinzu.</translation>
    </message>
    <message>
        <source>The token has organization_id, which nothing here reads: AuthKit&apos;s claim is org_id.</source>
        <translation>Das Token hat organization_id, was hier nichts liest: der Claim von AuthKit ist org_id.</translation>
    </message>
    <message>
        <source>Without offline_access the client cannot refresh: its user must sign in again when this token ends.</source>
        <translation>Ohne offline_access kann der Client nicht erneuern: sein Benutzer muss sich neu anmelden, wenn dieses Token endet.</translation>
    </message>
    <message>
        <source>port %1 instead of %2</source>
        <translation>Port %1 statt %2</translation>
    </message>
    <message>
        <source>upper and lower case differ from character %1 on</source>
        <translation>Groß- und Kleinschreibung verschieden ab Zeichen %1</translation>
    </message>
    <message>
        <source>blanks around it</source>
        <translation>Leerzeichen darum</translation>
    </message>
    <message>
        <source>“%1” is missing from character %2 on</source>
        <translation>„%1“ fehlt ab Zeichen %2</translation>
    </message>
    <message>
        <source>“%1” too many from character %2 on</source>
        <translation>„%1“ zu viel ab Zeichen %2</translation>
    </message>
    <message>
        <source>from character %3 on “%1” instead of “%2”</source>
        <translation>ab Zeichen %3 „%1“ statt „%2“</translation>
    </message>
    <message>
        <source>If the client never signs in, see whether it read the metadata address in the challenge.</source>
        <translation>Meldet sich der Client nie an, nachsehen, ob er die Metadaten-Adresse der Challenge gelesen hat.</translation>
    </message>
    <message>
        <source>The token was also made for another server: whoever runs that one can use it here. A client should ask for one resource at a time.</source>
        <translation>Das Token wurde auch für einen anderen Server ausgestellt: Wer den betreibt, kann es hier benutzen. Ein Client sollte immer nur eine Ressource verlangen.</translation>
    </message>
    <message>
        <source>Use %1, exactly so, in the client and under MCP resource indicators; or accept the other form as well (&quot;audiences&quot; in the settings).</source>
        <translation>%1 genau so im Client und unter „MCP resource indicators“ verwenden; oder die andere Form ebenfalls annehmen („audiences“ in den Einstellungen).</translation>
    </message>
</context>
<context>
    <name>gatehouse::auth::Issuer</name>
    <message>
        <source>&quot;%1&quot; is not a web address.</source>
        <translation>„%1“ ist keine Web-Adresse.</translation>
    </message>
    <message>
        <source>An issuer address has no user name, query or fragment.</source>
        <translation>Die Adresse eines Ausstellers hat weder Benutzernamen noch Abfrage noch Fragment.</translation>
    </message>
    <message>
        <source>An AuthKit issuer has no path: leave out &quot;%1&quot;.</source>
        <translation>Ein AuthKit-Aussteller hat keinen Pfad: „%1“ weglassen.</translation>
    </message>
    <message>
        <source>An issuer address begins with https://.</source>
        <translation>Die Adresse eines Ausstellers beginnt mit https://.</translation>
    </message>
    <message>
        <source>Plain http is only possible to this machine (127.0.0.1, [::1], localhost): use https.</source>
        <translation>Einfaches http geht nur zu diesem Rechner (127.0.0.1, [::1], localhost): https verwenden.</translation>
    </message>
    <message>
        <source>No subdomain is given: use the name in front of .authkit.app.</source>
        <translation>Die Subdomain fehlt: Es ist der Name vor .authkit.app.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither a subdomain (acme), a host (acme.authkit.app) nor an address (https://acme.authkit.app).</source>
        <translation>„%1“ ist weder eine Subdomain (acme) noch ein Rechnername (acme.authkit.app) noch eine Adresse (https://acme.authkit.app).</translation>
    </message>
</context>
<context>
    <name>gatehouse::auth::KeySource</name>
    <message>
        <source>The keys could not be fetched from %1: %2</source>
        <translation>Die Schlüssel waren von %1 nicht zu holen: %2</translation>
    </message>
    <message>
        <source>The key address %1 answered HTTP %2.</source>
        <translation>Die Schlüssel-Adresse %1 antwortete mit HTTP %2.</translation>
    </message>
    <message>
        <source>The key address %1 gave no key set. %2</source>
        <translation>Die Schlüssel-Adresse %1 gab keinen Schlüsselsatz. %2</translation>
    </message>
    <message>
        <source>The key address %1 gave a set without a key that can be used.</source>
        <translation>Die Schlüsseladresse %1 lieferte einen Satz ohne brauchbaren Schlüssel.</translation>
    </message>
    <message>
        <source>The key is not in the set at hand, and a newer one has not come yet.</source>
        <translation>Der Schlüssel ist nicht im vorliegenden Satz, und ein neuerer ist noch nicht gekommen.</translation>
    </message>
</context>
<context>
    <name>gatehouse::base::File</name>
    <message>
        <source>it is no regular file. Save what it gives into one first.</source>
        <translation>Das ist keine gewöhnliche Datei. Speichern Sie ihren Inhalt zuerst in eine.</translation>
    </message>
    <message>
        <source>it is larger than %1 bytes.</source>
        <translation>Sie ist größer als %1 Byte.</translation>
    </message>
</context>
<context>
    <name>gatehouse::exchange::Refusal</name>
    <message>
        <source>The request has no Host header.</source>
        <translation>Die Anfrage hat keine Kopfzeile Host.</translation>
    </message>
    <message>
        <source>The Host header does not name this server.</source>
        <translation>Die Kopfzeile Host nennt nicht diesen Server.</translation>
    </message>
    <message>
        <source>Pages of this Origin may not call this server.</source>
        <translation>Seiten dieser Herkunft (Origin) dürfen diesen Server nicht aufrufen.</translation>
    </message>
    <message>
        <source>Nothing is served at this address.</source>
        <translation>Unter dieser Adresse gibt es nichts.</translation>
    </message>
    <message>
        <source>This address does not take this method: Allow names those it does.</source>
        <translation>Diese Adresse nimmt diese Methode nicht; Allow nennt die anderen.</translation>
    </message>
    <message>
        <source>The request body is too large.</source>
        <translation>Der Inhalt der Anfrage ist zu groß.</translation>
    </message>
    <message>
        <source>A header of the protocol came twice.</source>
        <translation>Eine Kopfzeile des Protokolls kam zweimal.</translation>
    </message>
    <message>
        <source>Content-Type must be application/json.</source>
        <translation>Content-Type muss application/json sein.</translation>
    </message>
    <message>
        <source>Accept must allow application/json.</source>
        <translation>Accept muss application/json erlauben.</translation>
    </message>
    <message>
        <source>The request body is not JSON.</source>
        <translation>Der Inhalt der Anfrage ist kein JSON.</translation>
    </message>
    <message>
        <source>What came is no request.</source>
        <translation>Was kam, ist keine Anfrage.</translation>
    </message>
    <message>
        <source>The request body must not have a Content-Encoding.</source>
        <translation>Der Inhalt der Anfrage darf kein Content-Encoding haben.</translation>
    </message>
</context>
<context>
    <name>gatehouse::host::AccessRules</name>
    <message>
        <source>“%1” is no rule: write a tool&apos;s name and what it needs, as in “get-profile scope=email”.</source>
        <translation>„%1“ ist keine Regel: den Namen eines Werkzeugs schreiben und was es braucht, wie in „get-profile scope=email“.</translation>
    </message>
    <message>
        <source>“%1” is no condition: use scope=…, permission=… or organization=….</source>
        <translation>„%1“ ist keine Bedingung: scope=…, permission=… oder organization=… schreiben.</translation>
    </message>
    <message>
        <source>“%1” includes nothing: write a scope and those that it includes.</source>
        <translation>„%1“ schließt nichts ein: einen Scope schreiben und die, die er einschließt.</translation>
    </message>
    <message>
        <source>“%1” is not a scope.</source>
        <translation>„%1“ ist kein Scope.</translation>
    </message>
</context>
<context>
    <name>gatehouse::host::Notice</name>
    <message>
        <source>%1 Calls are answered with 503 until the keys are there.</source>
        <translation>%1 Bis die Schlüssel da sind, werden Aufrufe mit 503 beantwortet.</translation>
    </message>
    <message>
        <source>The issuer answers again, and its keys are there.</source>
        <translation>Der Aussteller antwortet wieder, und seine Schlüssel sind da.</translation>
    </message>
    <message>
        <source>The sandbox&apos;s port is in use, so it listens on port %1.</source>
        <translation>Der Port der Sandbox ist belegt, deshalb nimmt sie Port %1.</translation>
    </message>
    <message>
        <source>There is no IPv6 loopback here: only 127.0.0.1 is listened on.</source>
        <translation>Hier gibt es kein IPv6-Loopback: Gehorcht wird nur auf 127.0.0.1.</translation>
    </message>
    <message>
        <source>The server listens on %1: other machines can reach it.</source>
        <translation>Der Server horcht auf %1: Andere Rechner können ihn erreichen.</translation>
    </message>
    <message>
        <source>verifyJwt is off: signatures are not checked. For development only.</source>
        <translation>verifyJwt ist aus: Signaturen werden nicht geprüft. Nur für die Entwicklung.</translation>
    </message>
    <message>
        <source>Authorization is off: everybody on this machine may call every tool.</source>
        <translation>Die Anmeldung ist aus: Jeder auf diesem Rechner darf jedes Werkzeug aufrufen.</translation>
    </message>
    <message>
        <source>%1 requests were answered but are not shown: they came too fast.</source>
        <translation>%1 Anfragen wurden beantwortet, aber nicht gezeigt: Sie kamen zu schnell.</translation>
    </message>
    <message>
        <source>Port %1 is in use.</source>
        <translation>Port %1 ist belegt.</translation>
    </message>
    <message>
        <source>Port %1 is in use. Port %2 is free.</source>
        <translation>Port %1 ist belegt. Port %2 ist frei.</translation>
    </message>
    <message>
        <source>Port %1 cannot be listened on: %2.</source>
        <translation>Auf Port %1 kann nicht gehorcht werden: %2.</translation>
    </message>
    <message>
        <source>A rule names the tool “%1”, which does not exist: it protects nothing.</source>
        <translation>Eine Regel nennt das Werkzeug „%1“, das es nicht gibt: sie schützt nichts.</translation>
    </message>
    <message>
        <source>%1 Its keys from %2 are still used, for a day at most; new keys cannot be learned.</source>
        <translation>%1 Seine Schlüssel von %2 werden weiter benutzt, höchstens einen Tag; neue Schlüssel lassen sich nicht erfahren.</translation>
    </message>
    <message>
        <source>Fetched at %1; keys that can be used: %2. %3</source>
        <translation>Geholt um %1; brauchbare Schlüssel: %2. %3</translation>
    </message>
    <message>
        <source>Of %1 requests only the outline is shown, without headers, bodies and claims: too much came at once.</source>
        <translation>Von %1 Anfragen ist nur der Umriss zu sehen, ohne Header, Inhalte und Claims: Es kam zu viel auf einmal.</translation>
    </message>
    <message>
        <source>The sandbox is private: its sign-in page and its tokens ask for the secret of this run.</source>
        <translation>Die Sandbox ist privat: Ihre Anmeldeseite und ihre Token fragen nach dem Geheimnis dieses Laufs.</translation>
    </message>
    <message>
        <source>The sandbox signs %1 in by itself: every program and every web page of this computer gets tokens without asking anybody.</source>
        <translation>Die Sandbox meldet %1 von selbst an: Jedes Programm und jede Webseite dieses Computers bekommt Token, ohne dass jemand gefragt wird.</translation>
    </message>
    <message>
        <source>A proxy takes requests at %1 and passes them on, but clients are told %2, and tokens must name that. If the first is the public address, set it as the resource.</source>
        <translation>Ein Proxy nimmt Anfragen unter %1 an, den Clients wird aber %2 genannt, und Token müssen das nennen. Ist die erste die öffentliche Adresse, tragen Sie sie als Ressource ein.</translation>
    </message>
    <message>
        <source>The server was stopped before that took effect.</source>
        <translation>Der Server wurde gestoppt, bevor das wirksam wurde.</translation>
    </message>
    <message>
        <source>Documents cannot be used. %1.</source>
        <translation>Dokumente können nicht benutzt werden. %1.</translation>
    </message>
    <message>
        <source>Documents can be used again.</source>
        <translation>Dokumente können wieder benutzt werden.</translation>
    </message>
</context>
<context>
    <name>gatehouse::host::Setting</name>
    <message>
        <source>MCP sessions at one time</source>
        <translation>MCP-Sitzungen zur selben Zeit</translation>
    </message>
    <message>
        <source>MiB of events that are kept for clients that come back</source>
        <translation>MiB an Ereignissen, die für wiederkehrende Clients aufgehoben werden</translation>
    </message>
    <message>
        <source>KiB of a request line</source>
        <translation>KiB einer Anfragezeile</translation>
    </message>
    <message>
        <source>KiB of all header fields of a request</source>
        <translation>KiB aller Kopffelder einer Anfrage</translation>
    </message>
    <message>
        <source>KiB of a request&apos;s body</source>
        <translation>KiB des Bodys einer Anfrage</translation>
    </message>
    <message>
        <source>KiB of an event stream that its reader may leave unread</source>
        <translation>KiB eines Ereignisstroms, die sein Leser ungelesen lassen darf</translation>
    </message>
    <message>
        <source>Listens on</source>
        <translation>Horcht auf</translation>
    </message>
    <message>
        <source>IP address to listen on; anything but loopback gets a warning</source>
        <translation>IP-Adresse, auf der gehorcht wird; bei allem außer Loopback wird gewarnt</translation>
    </message>
    <message>
        <source>127.0.0.1, and ::1 with it</source>
        <translation>127.0.0.1 und mit ihr ::1</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>port to listen on; 0 takes a free one</source>
        <translation>Port, auf dem gehorcht wird; 0 nimmt einen freien</translation>
    </message>
    <message>
        <source>AuthKit environment</source>
        <translation>AuthKit-Umgebung</translation>
    </message>
    <message>
        <source>AuthKit environment: acme, acme.authkit.app or an address</source>
        <translation>AuthKit-Umgebung: acme, acme.authkit.app oder eine Adresse</translation>
    </message>
    <message>
        <source>the sandbox</source>
        <translation>die Sandbox</translation>
    </message>
    <message>
        <source>Port of the sandbox</source>
        <translation>Port der Sandbox</translation>
    </message>
    <message>
        <source>the sandbox&apos;s port; the next free one if taken</source>
        <translation>Port der Sandbox; ist er belegt, der nächste freie</translation>
    </message>
    <message>
        <source>Address of this server</source>
        <translation>Adresse dieses Servers</translation>
    </message>
    <message>
        <source>this server as published, and as the audience of tokens must name it</source>
        <translation>dieser Server, wie er veröffentlicht ist und wie die Tokens ihn als Audience nennen müssen</translation>
    </message>
    <message>
        <source>http://localhost:PORT/mcp</source>
        <translation>http://localhost:PORT/mcp</translation>
    </message>
    <message>
        <source>More audiences</source>
        <translation>Weitere Audiences</translation>
    </message>
    <message>
        <source>one more audience to accept</source>
        <translation>eine weitere Audience, die gilt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Advertised scopes</source>
        <translation>Angebotene Scopes</translation>
    </message>
    <message>
        <source>scopes to advertise</source>
        <translation>Scopes, die angeboten werden</translation>
    </message>
    <message>
        <source>Required scopes</source>
        <translation>Verlangte Scopes</translation>
    </message>
    <message>
        <source>scopes that every call needs (403 without)</source>
        <translation>Scopes, die jeder Aufruf braucht (sonst 403)</translation>
    </message>
    <message>
        <source>Required permissions</source>
        <translation>Verlangte Permissions</translation>
    </message>
    <message>
        <source>permissions that every call needs, in the token&apos;s permissions (403 without)</source>
        <translation>Permissions, die jeder Aufruf im Token braucht (sonst 403)</translation>
    </message>
    <message>
        <source>Organizations</source>
        <translation>Organisationen</translation>
    </message>
    <message>
        <source>only tokens for one of these organizations (org_id) may call</source>
        <translation>nur Tokens für eine dieser Organisationen (org_id) dürfen aufrufen</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Rules for tools</source>
        <translation>Regeln für Werkzeuge</translation>
    </message>
    <message>
        <source>what one tool needs, as in &quot;get-profile scope=email permission=p organization=org_1&quot;</source>
        <translation>was ein Werkzeug braucht, wie „get-profile scope=email permission=p organization=org_1“</translation>
    </message>
    <message>
        <source>Scopes that include others</source>
        <translation>Scopes, die andere enthalten</translation>
    </message>
    <message>
        <source>a scope and those that it includes, as in &quot;files:write files:read&quot;</source>
        <translation>ein Scope und die, die er enthält, wie „files:write files:read“</translation>
    </message>
    <message>
        <source>Hide what the caller may not use</source>
        <translation>Verbotenes verbergen</translation>
    </message>
    <message>
        <source>lists leave out what their reader may not use</source>
        <translation>Listen lassen weg, was ihr Leser nicht benutzen darf</translation>
    </message>
    <message>
        <source>Algorithms</source>
        <translation>Algorithmen</translation>
    </message>
    <message>
        <source>algorithms that tokens may be signed with</source>
        <translation>Algorithmen, mit denen Tokens signiert sein dürfen</translation>
    </message>
    <message>
        <source>Verify signatures (verifyJwt)</source>
        <translation>Signaturen prüfen (verifyJwt)</translation>
    </message>
    <message>
        <source>do not check signatures; all else still is. Loopback only, for development</source>
        <translation>Signaturen nicht prüfen, alles andere schon. Nur auf Loopback, für die Entwicklung</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Ask for a token</source>
        <translation>Nach einem Token fragen</translation>
    </message>
    <message>
        <source>ask nobody for a token. Loopback only</source>
        <translation>niemanden nach einem Token fragen. Nur auf Loopback</translation>
    </message>
    <message>
        <source>Off, every program on this computer may call everything, and there is nobody to call it as.</source>
        <translation>Ist das aus, darf jedes Programm auf diesem Rechner alles aufrufen, und niemand steht dahinter.</translation>
    </message>
    <message>
        <source>Clock tolerance</source>
        <translation>Uhrentoleranz</translation>
    </message>
    <message>
        <source>seconds by which the issuer&apos;s clock may differ</source>
        <translation>Sekunden, um die die Uhr des Ausstellers abweichen darf</translation>
    </message>
    <message>
        <source>Life of its tokens</source>
        <translation>Lebensdauer ihrer Tokens</translation>
    </message>
    <message>
        <source>seconds that the sandbox&apos;s access tokens live</source>
        <translation>Sekunden, die Access-Tokens der Sandbox leben</translation>
    </message>
    <message>
        <source>Signs in by itself</source>
        <translation>Meldet von selbst an</translation>
    </message>
    <message>
        <source>the sandbox signs this person in without its page, for redirects to this machine; every program and page of this machine can use that</source>
        <translation>die Sandbox meldet diese Person ohne ihre Seite an, für Redirects auf diesen Rechner; jedes Programm und jede Seite auf diesem Rechner kann das nutzen</translation>
    </message>
    <message>
        <source>Keep the sandbox private</source>
        <translation>Sandbox nur für mich</translation>
    </message>
    <message>
        <source>the sandbox&apos;s page and its tokens ask for a secret of this run (docs/sandbox.md)</source>
        <translation>die Seite der Sandbox und ihre Tokens verlangen ein Geheimnis dieses Laufs (docs/sandbox.md)</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>JSON file with the sandbox&apos;s people (docs/sandbox.md)</source>
        <translation>JSON-Datei mit den Personen der Sandbox (docs/sandbox.md)</translation>
    </message>
    <message>
        <source>three built in</source>
        <translation>drei eingebaute</translation>
    </message>
    <message>
        <source>MCP sessions</source>
        <translation>MCP-Sitzungen</translation>
    </message>
    <message>
        <source>Waiting streams</source>
        <translation>Wartende Ströme</translation>
    </message>
    <message>
        <source>event streams that wait for changes at one time</source>
        <translation>Ereignisströme, die zur selben Zeit auf Änderungen warten</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>tasks at one time</source>
        <translation>Tasks zur selben Zeit</translation>
    </message>
    <message>
        <source>Requests under way</source>
        <translation>Laufende Anfragen</translation>
    </message>
    <message>
        <source>requests under way at one time</source>
        <translation>Anfragen, die zur selben Zeit laufen</translation>
    </message>
    <message>
        <source>Events kept</source>
        <translation>Aufgehobene Ereignisse</translation>
    </message>
    <message>
        <source>Idle sessions end after</source>
        <translation>Ungenutzte Sitzungen enden nach</translation>
    </message>
    <message>
        <source>minutes after which an idle session ends</source>
        <translation>Minuten, nach denen eine ungenutzte Sitzung endet</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>connections at one time; idle ones make room for new ones</source>
        <translation>Verbindungen zur selben Zeit; ungenutzte machen neuen Platz</translation>
    </message>
    <message>
        <source>Connections of one address</source>
        <translation>Verbindungen einer Adresse</translation>
    </message>
    <message>
        <source>connections from one address that is not this machine</source>
        <translation>Verbindungen von einer Adresse, die nicht dieser Rechner ist</translation>
    </message>
    <message>
        <source>Request line</source>
        <translation>Anfragezeile</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Header fields</source>
        <translation>Kopffelder</translation>
    </message>
    <message>
        <source>header fields of a request</source>
        <translation>Kopffelder einer Anfrage</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Body</translation>
    </message>
    <message>
        <source>Unread of a stream</source>
        <translation>Ungelesenes eines Stroms</translation>
    </message>
    <message>
        <source>First byte after</source>
        <translation>Erstes Byte nach</translation>
    </message>
    <message>
        <source>seconds to the first byte on a connection</source>
        <translation>Sekunden bis zum ersten Byte einer Verbindung</translation>
    </message>
    <message>
        <source>Time for the header</source>
        <translation>Zeit für den Kopf</translation>
    </message>
    <message>
        <source>seconds for the header fields of a request</source>
        <translation>Sekunden für die Kopffelder einer Anfrage</translation>
    </message>
    <message>
        <source>Time for the body</source>
        <translation>Zeit für den Body</translation>
    </message>
    <message>
        <source>seconds for a request&apos;s body</source>
        <translation>Sekunden für den Body einer Anfrage</translation>
    </message>
    <message>
        <source>Idle connections end after</source>
        <translation>Ungenutzte Verbindungen enden nach</translation>
    </message>
    <message>
        <source>seconds that a connection may wait for its next request</source>
        <translation>Sekunden, die eine Verbindung auf ihre nächste Anfrage warten darf</translation>
    </message>
    <message>
        <source>Time for an answer</source>
        <translation>Zeit für eine Antwort</translation>
    </message>
    <message>
        <source>seconds for an answer that is no stream</source>
        <translation>Sekunden für eine Antwort, die kein Strom ist</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>has the sandbox fail</source>
        <translation>lässt die Sandbox versagen</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugang</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>Off, anybody on this computer can make up a token: claims are still read, but nobody vouches for them. For development only.</source>
        <translation>Ist das aus, kann sich jeder auf diesem Rechner ein Token ausdenken: Claims werden noch gelesen, aber niemand bürgt für sie. Nur für die Entwicklung.</translation>
    </message>
    <message>
        <source>Tools of this program</source>
        <translation>Werkzeuge dieses Programms</translation>
    </message>
    <message>
        <source>which of this program&apos;s own tools are offered</source>
        <translation>welche der eigenen Werkzeuge dieses Programms angeboten werden</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>where documents are: a file, or postgresql://host/database for several machines (docs/documents.md)</source>
        <translation>wo Dokumente liegen: eine Datei, oder postgresql://host/database für mehrere Rechner (docs/documents.md)</translation>
    </message>
    <message>
        <source>a file in the user&apos;s data folder</source>
        <translation>eine Datei im Datenordner des Benutzers</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>Schlüsseldatei</translation>
    </message>
    <message>
        <source>file with a secret that several instances behind one load balancer share (docs/instances.md)</source>
        <translation>Datei mit einem Geheimnis, das mehrere Instanzen hinter einem Lastverteiler teilen (docs/instances.md)</translation>
    </message>
    <message>
        <source>a key of this run</source>
        <translation>ein Schlüssel dieses Laufs</translation>
    </message>
</context>
<context>
    <name>gatehouse::host::Settings</name>
    <message>
        <source>&quot;%1&quot; is not a scope: a scope is visible ASCII without quotes and backslashes.</source>
        <translation>„%1“ ist kein Scope: Ein Scope besteht aus sichtbaren ASCII-Zeichen ohne Anführungszeichen und Rückstriche.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no address of a server: use https://… without a fragment, or http:// on this computer.</source>
        <translation>„%1“ ist keine Adresse eines Servers: https://… ohne Fragment verwenden oder http:// auf diesem Rechner.</translation>
    </message>
    <message>
        <source>The server and the sandbox cannot share port %1.</source>
        <translation>Server und Sandbox können sich Port %1 nicht teilen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an IP address; 127.0.0.1 is this computer.</source>
        <translation>„%1“ ist keine IP-Adresse; 127.0.0.1 ist dieser Rechner.</translation>
    </message>
    <message>
        <source>An audience cannot be empty.</source>
        <translation>Ein Empfänger (audience) kann nicht leer sein.</translation>
    </message>
    <message>
        <source>Without verification the server listens on loopback only: anybody who reaches %1 would get in.</source>
        <translation>Ohne Prüfung horcht der Server nur auf diesem Rechner: Jeder, der %1 erreicht, käme hinein.</translation>
    </message>
    <message>
        <source>At least one algorithm must be allowed: %1.</source>
        <translation>Mindestens ein Algorithmus muss erlaubt sein: %1.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an algorithm that can be allowed: %2.</source>
        <translation>„%1“ ist kein Algorithmus, der erlaubt werden kann: %2.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a name as WorkOS has them.</source>
        <translation>„%1“ ist kein Name, wie WorkOS sie hat.</translation>
    </message>
    <message>
        <source>This is a number from %1 to %2, and not %3.</source>
        <translation>Das ist eine Zahl von %1 bis %2, nicht %3.</translation>
    </message>
    <message>
        <source>A port is a number from 0 to 65535; 0 takes a free one. This is %1.</source>
        <translation>Ein Port ist eine Zahl von 0 bis 65535; 0 nimmt einen freien. Dies ist %1.</translation>
    </message>
    <message>
        <source>This is %1 to %2 seconds, and not %3.</source>
        <translation>Das sind %1 bis %2 Sekunden, und nicht %3.</translation>
    </message>
    <message>
        <source>Other machines can reach the server there.</source>
        <translation>Andere Rechner können den Server dort erreichen.</translation>
    </message>
    <message>
        <source>Without offline_access clients get no refresh token and must sign in every few minutes.</source>
        <translation>Ohne offline_access erhalten Clients kein Refresh-Token und müssen sich alle paar Minuten anmelden.</translation>
    </message>
    <message>
        <source>There are no tools called &quot;%1&quot;: choose from %2.</source>
        <translation>Es gibt keine Werkzeuge namens „%1“: zur Wahl stehen %2.</translation>
    </message>
    <message>
        <source>A password does not belong into an address that is kept and shown: set PGPASSWORD, or write it into ~/.pgpass.</source>
        <translation>Ein Passwort gehört nicht in eine Adresse, die gespeichert und gezeigt wird: PGPASSWORD setzen, oder es in ~/.pgpass schreiben.</translation>
    </message>
    <message>
        <source>The key file %1 cannot be read: %2</source>
        <translation>Die Schlüsseldatei %1 kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>Line %1 of the key file %2 is no secret: each line is one of 32 to 512 visible characters, as &quot;openssl rand -base64 32&quot; makes them.</source>
        <translation>Zeile %1 der Schlüsseldatei %2 ist kein Geheimnis: Jede Zeile ist eines aus 32 bis 512 sichtbaren Zeichen, wie „openssl rand -base64 32“ sie macht.</translation>
    </message>
    <message>
        <source>The key file %1 is empty: &quot;openssl rand -base64 32&quot; makes a secret for it.</source>
        <translation>Die Schlüsseldatei %1 ist leer: „openssl rand -base64 32“ macht ein Geheimnis dafür.</translation>
    </message>
    <message>
        <source>The key file %1 has more than %2 secrets.</source>
        <translation>Die Schlüsseldatei %1 hat mehr als %2 Geheimnisse.</translation>
    </message>
</context>
<context>
    <name>gatehouse::host::SettingsFile</name>
    <message>
        <source>“%1” is no setting.</source>
        <translation>„%1“ ist keine Einstellung.</translation>
    </message>
    <message>
        <source>“%1” has a value of the wrong type.</source>
        <translation>Der Wert von „%1“ hat den falschen Typ.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 ist nicht zu lesen: %2</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>%1 ist nicht zu verwenden: %2</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 ist nicht zu schreiben: %2</translation>
    </message>
</context>
<context>
    <name>gatehouse::http::EdgeFault</name>
    <message>
        <source>The request line is malformed.</source>
        <translation>Die Anfragezeile ist fehlerhaft.</translation>
    </message>
    <message>
        <source>The request line is too long.</source>
        <translation>Die Anfragezeile ist zu lang.</translation>
    </message>
    <message>
        <source>This method is not known here.</source>
        <translation>Diese Methode ist hier nicht bekannt.</translation>
    </message>
    <message>
        <source>The request target must be a path.</source>
        <translation>Das Ziel der Anfrage muss ein Pfad sein.</translation>
    </message>
    <message>
        <source>Only HTTP/1.1 and HTTP/1.0 are spoken here.</source>
        <translation>Hier wird nur HTTP/1.1 und HTTP/1.0 gesprochen.</translation>
    </message>
    <message>
        <source>A header field is malformed.</source>
        <translation>Ein Header-Feld ist fehlerhaft.</translation>
    </message>
    <message>
        <source>The header fields are too large.</source>
        <translation>Die Header-Felder sind zu groß.</translation>
    </message>
    <message>
        <source>There are too many header fields.</source>
        <translation>Es sind zu viele Header-Felder.</translation>
    </message>
    <message>
        <source>The Host header is missing.</source>
        <translation>Der Host-Header fehlt.</translation>
    </message>
    <message>
        <source>The Host header came twice.</source>
        <translation>Der Host-Header kam zweimal.</translation>
    </message>
    <message>
        <source>Content-Length must be one number.</source>
        <translation>Content-Length muss eine einzige Zahl sein.</translation>
    </message>
    <message>
        <source>Transfer-Encoding must not come with Content-Length or in HTTP/1.0.</source>
        <translation>Transfer-Encoding darf nicht zusammen mit Content-Length und nicht in HTTP/1.0 kommen.</translation>
    </message>
    <message>
        <source>The only transfer coding known here is chunked.</source>
        <translation>Die einzige hier bekannte Transfer-Codierung ist chunked.</translation>
    </message>
    <message>
        <source>The chunked body is malformed.</source>
        <translation>Der in Stücken gesendete Inhalt ist fehlerhaft.</translation>
    </message>
    <message>
        <source>This expectation cannot be met.</source>
        <translation>Diese Erwartung kann nicht erfüllt werden.</translation>
    </message>
    <message>
        <source>The request body is too large.</source>
        <translation>Der Inhalt der Anfrage ist zu groß.</translation>
    </message>
    <message>
        <source>The header fields took too long to come.</source>
        <translation>Die Header-Felder brauchten zu lange.</translation>
    </message>
    <message>
        <source>The body took too long to come.</source>
        <translation>Der Inhalt brauchte zu lange.</translation>
    </message>
    <message>
        <source>The answer took too long.</source>
        <translation>Die Antwort brauchte zu lange.</translation>
    </message>
    <message>
        <source>There are too many connections.</source>
        <translation>Es gibt zu viele Verbindungen.</translation>
    </message>
    <message>
        <source>Too much is on its way here already.</source>
        <translation>Hierher ist schon zu viel unterwegs.</translation>
    </message>
</context>
<context>
    <name>gatehouse::inspector::Arrival</name>
    <message>
        <source>lives %1</source>
        <translation>lebt %1</translation>
    </message>
    <message>
        <source>of %1, lives %2</source>
        <translation>von %1, lebt %2</translation>
    </message>
    <message>
        <source>The page for signing in says that it cannot go on</source>
        <translation>Die Seite zum Anmelden sagt, dass es nicht weitergeht</translation>
    </message>
    <message>
        <source>Most likely the document at %1, which says who the client is, cannot be read from here. Where the sandbox reads none, clients register instead.</source>
        <translation>Wahrscheinlich lässt sich das Dokument unter %1, das sagt, wer der Client ist, von hier aus nicht lesen. Wo die Sandbox keine liest, registrieren Clients sich stattdessen.</translation>
    </message>
    <message>
        <source>Its row in the traffic says why.</source>
        <translation>Ihre Zeile im Verkehr sagt, warum.</translation>
    </message>
    <message>
        <source>by its document at %1</source>
        <translation>durch sein Dokument bei %1</translation>
    </message>
    <message>
        <source>The authorization server gave it no token: %1</source>
        <translation>Der Autorisierungsserver gab ihm kein Token: %1</translation>
    </message>
    <message>
        <source>The authorization server did not register it: %1</source>
        <translation>Der Autorisierungsserver hat ihn nicht registriert: %1</translation>
    </message>
    <message>
        <source>as “%1”</source>
        <translation>als „%1“</translation>
    </message>
    <message>
        <source>%1 in the browser</source>
        <translation>%1 im Browser</translation>
    </message>
    <message>
        <source>the document at the root</source>
        <translation>das Dokument an der Wurzel</translation>
    </message>
    <message>
        <source>the document behind the path</source>
        <translation>das Dokument hinter dem Pfad</translation>
    </message>
</context>
<context>
    <name>gatehouse::inspector::ClaimModel</name>
    <message>
        <source>Claim</source>
        <translation>Claim</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>In Worten</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
</context>
<context>
    <name>gatehouse::inspector::ClientsModel</name>
    <message>
        <source>says no name</source>
        <translation>nennt sich nicht</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Connected, %1 open</source>
        <translation>Verbunden, %1 offen</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Last seen %1</source>
        <translation>Zuletzt %1</translation>
    </message>
    <message>
        <source>not signed in</source>
        <translation>nicht angemeldet</translation>
    </message>
    <message>
        <source>An old revision: the newest with sessions is %1, the newest of all %2.</source>
        <translation>Eine alte Revision: Die neueste mit Sitzungen ist %1, die neueste überhaupt %2.</translation>
    </message>
    <message>
        <source>Its document: %1</source>
        <translation>Sein Dokument: %1</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Fassung</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Organization</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client-ID</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Turned away</source>
        <translation>Abgewiesen</translation>
    </message>
</context>
<context>
    <name>gatehouse::inspector::ExchangeWords</name>
    <message>
        <source>Refused: %1</source>
        <translation>Abgewiesen: %1</translation>
    </message>
    <message>
        <source>No token was looked at.</source>
        <translation>Ein Token wurde nicht angesehen.</translation>
    </message>
    <message>
        <source>The token: %1</source>
        <translation>Das Token: %1</translation>
    </message>
    <message>
        <source>A client of 2026-07-28 cancels its call in this way; one that only listened has stopped.</source>
        <translation>So bricht ein Client von 2026-07-28 seinen Aufruf ab; einer, der nur zuhörte, hat aufgehört.</translation>
    </message>
    <message>
        <source>An event stream may take longer.</source>
        <translation>Ein Ereignisstrom darf länger dauern.</translation>
    </message>
    <message>
        <source>The tool itself reported an error.</source>
        <translation>Das Tool selbst meldete einen Fehler.</translation>
    </message>
    <message>
        <source>The tool reported: %1</source>
        <translation>Das Tool meldete: %1</translation>
    </message>
    <message>
        <source>The call was let in; HTTP and JSON-RPC were fine.</source>
        <translation>Der Aufruf wurde eingelassen; mit HTTP und JSON-RPC war alles in Ordnung.</translation>
    </message>
    <message>
        <source>JSON-RPC error %1.</source>
        <translation>JSON-RPC-Fehler %1.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The request was let in, and answered with this JSON-RPC error.</source>
        <translation>Die Anfrage wurde eingelassen und mit diesem JSON-RPC-Fehler beantwortet.</translation>
    </message>
    <message>
        <source>The client should now read resource_metadata, find the authorization server there, register, sign its user in and come back with a token. If nothing follows, it stopped on that way.</source>
        <translation>Der Client sollte nun resource_metadata lesen, dort den Autorisierungsserver finden, sich registrieren, seinen Benutzer anmelden und mit einem Token wiederkommen. Folgt nichts, ist er auf diesem Weg stehen geblieben.</translation>
    </message>
    <message>
        <source>The client should sign in again. If the next token is refused for the same reason, its issuer makes tokens that this server does not take.</source>
        <translation>Der Client sollte sich neu anmelden. Wird das nächste Token aus demselben Grund abgelehnt, stellt sein Aussteller Token aus, die dieser Server nicht annimmt.</translation>
    </message>
    <message>
        <source>The client will sign in again, and come back with a token that is refused for the same reason, until the cause is mended.</source>
        <translation>Der Client wird sich neu anmelden und mit einem Token wiederkommen, das aus demselben Grund abgewiesen wird, bis die Ursache behoben ist.</translation>
    </message>
    <message>
        <source>The client should tell its user. No challenge was sent, because signing in again by itself would not help.</source>
        <translation>Der Client sollte es seinem Benutzer sagen. Es wurde keine Challenge gesendet, weil eine neue Anmeldung allein nicht hülfe.</translation>
    </message>
    <message>
        <source>The client should now sign in again, ask for the scopes of the challenge as well, and repeat the request.</source>
        <translation>Der Client sollte sich nun neu anmelden, auch die Scopes der Aufforderung verlangen und die Anfrage wiederholen.</translation>
    </message>
    <message>
        <source>The client should try again in a while; its token may be good.</source>
        <translation>Der Client sollte es in einer Weile erneut versuchen; sein Token kann gut sein.</translation>
    </message>
    <message>
        <source>The client should repeat the request in a moment: its issuer&apos;s clock and this one differ.</source>
        <translation>Der Client sollte die Anfrage gleich wiederholen: Die Uhr des Ausstellers und diese hier gehen verschieden.</translation>
    </message>
    <message>
        <source>The client should now use its refresh token or sign in again, and repeat the request.</source>
        <translation>Der Client sollte nun sein Refresh-Token verwenden oder neu anmelden und die Anfrage wiederholen.</translation>
    </message>
    <message>
        <source>The sandbox answered with HTTP %1.</source>
        <translation>Die Sandbox antwortete mit HTTP %1.</translation>
    </message>
    <message>
        <source>It stands in for AuthKit; requests to it carry no token for your server.</source>
        <translation>Sie vertritt AuthKit; Anfragen an sie tragen kein Token für Ihren Server.</translation>
    </message>
    <message>
        <source>Answered with HTTP %1.</source>
        <translation>Mit HTTP %1 beantwortet.</translation>
    </message>
    <message>
        <source>Answered. No token is needed here.</source>
        <translation>Beantwortet. Hier ist kein Token nötig.</translation>
    </message>
    <message>
        <source>The client gives these words to its model, which may call again with other arguments.</source>
        <translation>Der Client gibt diese Worte seinem Modell, das mit anderen Argumenten neu aufrufen kann.</translation>
    </message>
    <message>
        <source>The client may try again; a tool that takes long should answer with an event stream or as a task.</source>
        <translation>Der Client kann es erneut versuchen; ein Tool, das lange braucht, sollte mit einem Ereignisstrom oder als Task antworten.</translation>
    </message>
    <message>
        <source>The client should try again in a while. Nothing is wrong with its token.</source>
        <translation>Der Client sollte es in einer Weile erneut versuchen. Mit seinem Token ist alles in Ordnung.</translation>
    </message>
    <message>
        <source>Without the name that was asked for, a page in a browser could be led here under another (DNS rebinding).</source>
        <translation>Ohne den gewünschten Namen könnte eine Seite im Browser unter einem anderen hierher geleitet werden (DNS-Rebinding).</translation>
    </message>
    <message>
        <source>The client should send Host with the name and port of the address that it was given.</source>
        <translation>Der Client sollte Host mit Namen und Port der Adresse senden, die er bekommen hat.</translation>
    </message>
    <message>
        <source>The client, or a proxy before this server, used another name than those that it is known by. Pages in a browser would be led here in the same way (DNS rebinding).</source>
        <translation>Der Client oder ein Proxy vor diesem Server verwendete einen anderen Namen als die, unter denen er bekannt ist. Seiten im Browser würden auf dieselbe Weise hierher geleitet (DNS-Rebinding).</translation>
    </message>
    <message>
        <source>Give the server the address that its clients use, or have the proxy pass that name on.</source>
        <translation>Dem Server die Adresse geben, die seine Clients verwenden, oder den Proxy diesen Namen weitergeben lassen.</translation>
    </message>
    <message>
        <source>The client should use the address of this server. Signing in again changes nothing.</source>
        <translation>Der Client sollte die Adresse dieses Servers verwenden. Eine neue Anmeldung ändert nichts.</translation>
    </message>
    <message>
        <source>A page of another origin made a browser ask.</source>
        <translation>Eine Seite fremder Herkunft ließ einen Browser fragen.</translation>
    </message>
    <message>
        <source>If the page is meant to call this server, serve both from one origin, or the page from this machine.</source>
        <translation>Soll die Seite diesen Server aufrufen, beide unter einer Herkunft anbieten oder die Seite von diesem Rechner.</translation>
    </message>
    <message>
        <source>The client should use the address of the MCP endpoint, path included.</source>
        <translation>Der Client sollte die Adresse des MCP-Endpunkts verwenden, samt Pfad.</translation>
    </message>
    <message>
        <source>The client should use one of the methods that Allow names.</source>
        <translation>Der Client sollte eine der Methoden verwenden, die Allow nennt.</translation>
    </message>
    <message>
        <source>The client should send less at once. Its token was not at fault.</source>
        <translation>Der Client sollte weniger auf einmal senden. An seinem Token lag es nicht.</translation>
    </message>
    <message>
        <source>Two values of one header could be read differently by two who look at it.</source>
        <translation>Zwei Werte einer Kopfzeile könnten von zweien, die sie lesen, verschieden verstanden werden.</translation>
    </message>
    <message>
        <source>The client should use a shorter address.</source>
        <translation>Der Client sollte eine kürzere Adresse verwenden.</translation>
    </message>
    <message>
        <source>Large cookies or tokens are the usual reason.</source>
        <translation>Große Cookies oder Token sind der übliche Grund.</translation>
    </message>
    <message>
        <source>The client should send smaller header fields.</source>
        <translation>Der Client sollte kleinere Kopfzeilen senden.</translation>
    </message>
    <message>
        <source>The client should send fewer header fields.</source>
        <translation>Der Client sollte weniger Kopfzeilen senden.</translation>
    </message>
    <message>
        <source>HTTP/2 without TLS, or something that is no HTTP, was sent.</source>
        <translation>Es kam HTTP/2 ohne TLS oder etwas, das kein HTTP ist.</translation>
    </message>
    <message>
        <source>The client should speak HTTP/1.1.</source>
        <translation>Der Client sollte HTTP/1.1 sprechen.</translation>
    </message>
    <message>
        <source>HTTPS, or something that is no HTTP at all, was sent to a port of plain HTTP.</source>
        <translation>An einen Port für einfaches HTTP kam HTTPS oder etwas, das gar kein HTTP ist.</translation>
    </message>
    <message>
        <source>The client should use the address as it is given, with http, or the https address of a proxy.</source>
        <translation>Der Client sollte die Adresse so verwenden, wie sie angegeben ist, mit http, oder die https-Adresse eines Proxys.</translation>
    </message>
    <message>
        <source>The client must be corrected: the same request will be refused again, with any token.</source>
        <translation>Der Client muss berichtigt werden: Dieselbe Anfrage wird wieder abgelehnt, mit jedem Token.</translation>
    </message>
    <message>
        <source>Nothing helps the client: pages of that origin may not call, with any token.</source>
        <translation>Dem Client hilft nichts: Seiten dieser Herkunft dürfen nicht aufrufen, mit keinem Token.</translation>
    </message>
    <message>
        <source>The work took longer than a plain answer may take; an event stream may take longer.</source>
        <translation>Die Arbeit dauerte länger, als eine einfache Antwort dauern darf; ein Ereignisstrom darf länger dauern.</translation>
    </message>
    <message>
        <source>The client must be corrected: it has to send one header, Authorization: Bearer and the token.</source>
        <translation>Der Client muss berichtigt werden: Er muss genau eine Kopfzeile senden, Authorization: Bearer und das Token.</translation>
    </message>
    <message>
        <source>The client must be corrected: it has to send the token in the Authorization header, since addresses are written into logs.</source>
        <translation>Der Client muss berichtigt werden: Er muss das Token in der Kopfzeile Authorization senden, denn Adressen stehen in Protokollen.</translation>
    </message>
    <message>
        <source>The client should correct what the message names; the same request gets the same answer.</source>
        <translation>Der Client sollte berichtigen, was die Meldung nennt; dieselbe Anfrage bekommt dieselbe Antwort.</translation>
    </message>
    <message>
        <source>The client closed the connection after %1.</source>
        <translation>Der Client hat die Verbindung nach %1 geschlossen.</translation>
    </message>
    <message>
        <source>Allowed, but the answer was not there in time: the client was given HTTP %1.</source>
        <translation>Erlaubt, aber die Antwort kam nicht rechtzeitig: der Client bekam HTTP %1.</translation>
    </message>
    <message>
        <source>Allowed: %1</source>
        <translation>Erlaubt: %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::inspector::Filter</name>
    <message>
        <source>“dur:” wants a time such as &gt;500ms or &lt;2s.</source>
        <translation>„dur:“ erwartet eine Zeit wie &gt;500ms oder &lt;2s.</translation>
    </message>
    <message>
        <source>“size:” wants a number of bytes such as &gt;4k.</source>
        <translation>„size:“ erwartet eine Anzahl Bytes wie &gt;4k.</translation>
    </message>
    <message>
        <source>“is:” knows %1.</source>
        <translation>„is:“ kennt %1.</translation>
    </message>
    <message>
        <source>refused, or answered with an error</source>
        <translation>abgelehnt oder mit einem Fehler beantwortet</translation>
    </message>
    <message>
        <source>turned away, with or without a token</source>
        <translation>abgewiesen, mit oder ohne Token</translation>
    </message>
    <message>
        <source>with a token that was checked and good</source>
        <translation>mit geprüftem, gutem Token</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>not answered yet, or streaming</source>
        <translation>noch nicht beantwortet oder im Strom</translation>
    </message>
    <message>
        <source>discovery, registration, sign-in and tokens</source>
        <translation>Erkundung, Registrierung, Anmeldung und Token</translation>
    </message>
    <message>
        <source>requests to the sandbox</source>
        <translation>Anfragen an die Sandbox</translation>
    </message>
    <message>
        <source>the verdict on the token</source>
        <translation>das Urteil über das Token</translation>
    </message>
    <message>
        <source>the status: 401, 4xx, &gt;399</source>
        <translation>der Status: 401, 4xx, &gt;399</translation>
    </message>
    <message>
        <source>what came of the call</source>
        <translation>was aus dem Aufruf wurde</translation>
    </message>
    <message>
        <source>refused, running, oauth and others</source>
        <translation>refused, running, oauth und andere</translation>
    </message>
    <message>
        <source>tools/call, or GET</source>
        <translation>tools/call oder GET</translation>
    </message>
    <message>
        <source>tool, prompt or resource</source>
        <translation>Tool, Prompt oder Ressource</translation>
    </message>
    <message>
        <source>whom the token names</source>
        <translation>wen das Token nennt</translation>
    </message>
    <message>
        <source>the program that asks</source>
        <translation>das Programm, das fragt</translation>
    </message>
    <message>
        <source>part of the address</source>
        <translation>Teil der Adresse</translation>
    </message>
    <message>
        <source>text in the request or its answer</source>
        <translation>Text in der Anfrage oder ihrer Antwort</translation>
    </message>
    <message>
        <source>how long it took: &gt;500ms, &lt;2s</source>
        <translation>wie lange es dauerte: &gt;500ms, &lt;2s</translation>
    </message>
    <message>
        <source>bytes of both bodies: &gt;4k</source>
        <translation>Bytes beider Inhalte: &gt;4k</translation>
    </message>
    <message>
        <source>fingerprint of the session</source>
        <translation>Fingerabdruck der Sitzung</translation>
    </message>
    <message>
        <source>fingerprint of the token</source>
        <translation>Fingerabdruck des Tokens</translation>
    </message>
    <message>
        <source>The filter has too many parentheses within each other.</source>
        <translation>Der Filter hat zu viele Klammern ineinander.</translation>
    </message>
    <message>
        <source>There is no field “%1:”. There are %2. Put a word with a colon in quotes.</source>
        <translation>Es gibt kein Feld „%1:“. Es gibt %2. Ein Wort mit Doppelpunkt gehört in Anführungszeichen.</translation>
    </message>
    <message>
        <source>“http:” wants a status such as 401, 4xx or &gt;399.</source>
        <translation>„http:“ erwartet einen Status wie 401, 4xx oder &gt;399.</translation>
    </message>
    <message>
        <source>No verdict on a token is called “%1”. There are expired, wrong_audience, no_token, valid and others.</source>
        <translation>Kein Urteil über ein Token heißt „%1“. Es gibt expired, wrong_audience, no_token, valid und andere.</translation>
    </message>
    <message>
        <source>“result:” knows %1, or the number of an error.</source>
        <translation>„result:“ kennt %1 oder die Nummer eines Fehlers.</translation>
    </message>
    <message>
        <source>id of the trace (traceparent)</source>
        <translation>Kennung der Spur (traceparent)</translation>
    </message>
    <message>
        <source>the organization that the token is for</source>
        <translation>die Organisation, für die der Token gilt</translation>
    </message>
    <message>
        <source>when it came: 14:28, or 14:28:40-14:29:10</source>
        <translation>wann sie kam: 14:28 oder 14:28:40-14:29:10</translation>
    </message>
    <message>
        <source>“time:” wants a time of the day such as 14:28, or 14:28:40-14:29:10.</source>
        <translation>„time:“ will eine Uhrzeit wie 14:28 oder 14:28:40-14:29:10.</translation>
    </message>
    <message>
        <source>“time:” wants a span that ends after it begins.</source>
        <translation>„time:“ will eine Spanne, die nach ihrem Anfang endet.</translation>
    </message>
    <message>
        <source>“%1” in the filter is not finished.</source>
        <translation>„%1“ im Filter ist nicht fertig.</translation>
    </message>
    <message>
        <source>The filter is too long.</source>
        <translation>Der Filter ist zu lang.</translation>
    </message>
</context>
<context>
    <name>gatehouse::inspector::IssuerDocuments</name>
    <message>
        <source>both</source>
        <translation>beide</translation>
    </message>
    <message>
        <source>OAuth document</source>
        <translation>OAuth-Dokument</translation>
    </message>
    <message>
        <source>OpenID document</source>
        <translation>OpenID-Dokument</translation>
    </message>
    <message>
        <source>they differ</source>
        <translation>sie weichen ab</translation>
    </message>
    <message>
        <source>is the address that clients are told</source>
        <translation>ist die Adresse, die Clients erfahren</translation>
    </message>
    <message>
        <source>is not the address that clients are told, %1</source>
        <translation>ist nicht die Adresse, die Clients erfahren: %1</translation>
    </message>
    <message>
        <source>nobody is asked for a token</source>
        <translation>niemand wird nach einem Token gefragt</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>antwortet nicht</translation>
    </message>
    <message>
        <source>answers, and is whom it says</source>
        <translation>antwortet und ist, wer er sagt</translation>
    </message>
    <message>
        <source>calls itself %1</source>
        <translation>nennt sich %1</translation>
    </message>
    <message>
        <source>lacks what is needed here: %1</source>
        <translation>es fehlt, was hier nötig ist: %1</translation>
    </message>
    <message>
        <source>nothing here needs a scope</source>
        <translation>nichts hier braucht einen Scope</translation>
    </message>
    <message>
        <source>has all that is needed here</source>
        <translation>hat alles, was hier nötig ist</translation>
    </message>
    <message>
        <source>never in the address</source>
        <translation>nie in der Adresse</translation>
    </message>
    <message>
        <source>only shown</source>
        <translation>nur gezeigt</translation>
    </message>
</context>
<context>
    <name>gatehouse::inspector::OfferModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
</context>
<context>
    <name>gatehouse::inspector::TokenWords</name>
    <message>
        <source>who issued it</source>
        <translation>wer es ausgestellt hat</translation>
    </message>
    <message>
        <source>Issuer (RFC 7519 §4.1.1): the authorization server. Compared byte for byte.</source>
        <translation>Aussteller (RFC 7519 §4.1.1): der Autorisierungsserver. Byte für Byte verglichen.</translation>
    </message>
    <message>
        <source>who it is for</source>
        <translation>für wen es ist</translation>
    </message>
    <message>
        <source>Audience (RFC 7519 §4.1.3, RFC 8707): the resource that the client asked the token for.</source>
        <translation>Empfänger (RFC 7519 §4.1.3, RFC 8707): die Ressource, für die der Client das Token verlangt hat.</translation>
    </message>
    <message>
        <source>when it ends</source>
        <translation>wann es endet</translation>
    </message>
    <message>
        <source>Expiration time (RFC 7519 §4.1.4), in seconds since 1970. AuthKit gives 300 s.</source>
        <translation>Ablaufzeit (RFC 7519 §4.1.4) in Sekunden seit 1970. AuthKit gibt 300 s.</translation>
    </message>
    <message>
        <source>when it begins</source>
        <translation>wann es beginnt</translation>
    </message>
    <message>
        <source>Not before (RFC 7519 §4.1.5), in seconds since 1970.</source>
        <translation>Nicht vor (RFC 7519 §4.1.5), in Sekunden seit 1970.</translation>
    </message>
    <message>
        <source>when it was issued</source>
        <translation>wann es ausgestellt wurde</translation>
    </message>
    <message>
        <source>Issued at (RFC 7519 §4.1.6), in seconds since 1970.</source>
        <translation>Ausgestellt am (RFC 7519 §4.1.6), in Sekunden seit 1970.</translation>
    </message>
    <message>
        <source>the user</source>
        <translation>der Benutzer</translation>
    </message>
    <message>
        <source>Subject (RFC 7519 §4.1.2): AuthKit&apos;s user id, or the client itself for M2M.</source>
        <translation>Subjekt (RFC 7519 §4.1.2): AuthKits Benutzerkennung oder, bei M2M, der Client selbst.</translation>
    </message>
    <message>
        <source>granted scopes</source>
        <translation>gewährte Scopes</translation>
    </message>
    <message>
        <source>Scopes that were granted, separated by blanks (RFC 9068 §2.2.3).</source>
        <translation>Gewährte Scopes, durch Leerzeichen getrennt (RFC 9068 §2.2.3).</translation>
    </message>
    <message>
        <source>organization chosen at sign-in</source>
        <translation>bei der Anmeldung gewählte Organisation</translation>
    </message>
    <message>
        <source>AuthKit: the organization that the user signed in to; absent where none was chosen.</source>
        <translation>AuthKit: die Organisation, bei der sich der Benutzer angemeldet hat; fehlt, wenn keine gewählt wurde.</translation>
    </message>
    <message>
        <source>role in the organization</source>
        <translation>Rolle in der Organisation</translation>
    </message>
    <message>
        <source>AuthKit: the user&apos;s first role in this organization.</source>
        <translation>AuthKit: die erste Rolle des Benutzers in dieser Organisation.</translation>
    </message>
    <message>
        <source>roles in the organization</source>
        <translation>Rollen in der Organisation</translation>
    </message>
    <message>
        <source>AuthKit: all roles of the user in this organization.</source>
        <translation>AuthKit: alle Rollen des Benutzers in dieser Organisation.</translation>
    </message>
    <message>
        <source>what the roles allow</source>
        <translation>was die Rollen erlauben</translation>
    </message>
    <message>
        <source>AuthKit: the permissions that the roles come with.</source>
        <translation>AuthKit: die Berechtigungen, die zu den Rollen gehören.</translation>
    </message>
    <message>
        <source>the client that asked</source>
        <translation>der Client, der gefragt hat</translation>
    </message>
    <message>
        <source>OAuth client that the token was issued to (RFC 9068 §2.2).</source>
        <translation>OAuth-Client, für den das Token ausgestellt wurde (RFC 9068 §2.2).</translation>
    </message>
    <message>
        <source>Authorized party (OpenID Connect Core §2).</source>
        <translation>Berechtigter Client (OpenID Connect Core §2).</translation>
    </message>
    <message>
        <source>the consent</source>
        <translation>die Einwilligung</translation>
    </message>
    <message>
        <source>AuthKit: the id of the consent, not of a browser session.</source>
        <translation>AuthKit: die Kennung der Einwilligung, nicht einer Browser-Sitzung.</translation>
    </message>
    <message>
        <source>the token&apos;s own id</source>
        <translation>die Kennung des Tokens</translation>
    </message>
    <message>
        <source>JWT ID (RFC 7519 §4.1.7): the same in no other token.</source>
        <translation>JWT ID (RFC 7519 §4.1.7): in keinem anderen Token dieselbe.</translation>
    </message>
    <message>
        <source>e-mail address</source>
        <translation>E-Mail-Adresse</translation>
    </message>
    <message>
        <source>Not part of AuthKit&apos;s stock access token: a JWT template of the environment adds it.</source>
        <translation>Nicht Teil von AuthKits üblichem Access-Token: Eine JWT-Vorlage der Umgebung fügt es hinzu.</translation>
    </message>
    <message>
        <source>whether the address was verified</source>
        <translation>ob die Adresse bestätigt ist</translation>
    </message>
    <message>
        <source>Added by a JWT template, as the e-mail is.</source>
        <translation>Von einer JWT-Vorlage hinzugefügt wie die E-Mail-Adresse.</translation>
    </message>
    <message>
        <source>full name</source>
        <translation>voller Name</translation>
    </message>
    <message>
        <source>Added by a JWT template.</source>
        <translation>Von einer JWT-Vorlage hinzugefügt.</translation>
    </message>
    <message>
        <source>first name</source>
        <translation>Vorname</translation>
    </message>
    <message>
        <source>Added by a JWT template (OpenID Connect Core §5.1).</source>
        <translation>Von einer JWT-Vorlage hinzugefügt (OpenID Connect Core §5.1).</translation>
    </message>
    <message>
        <source>last name</source>
        <translation>Nachname</translation>
    </message>
    <message>
        <source>when the user signed in</source>
        <translation>wann sich der Benutzer angemeldet hat</translation>
    </message>
    <message>
        <source>OpenID Connect Core §2, in seconds since 1970.</source>
        <translation>OpenID Connect Core §2, in Sekunden seit 1970.</translation>
    </message>
    <message>
        <source>ties an ID token to its request</source>
        <translation>bindet ein ID-Token an seine Anfrage</translation>
    </message>
    <message>
        <source>OpenID Connect Core §2: this looks like an ID token.</source>
        <translation>OpenID Connect Core §2: Das sieht nach einem ID-Token aus.</translation>
    </message>
    <message>
        <source>A name for what is protected (RFC 9110 §11.5).</source>
        <translation>Ein Name für das, was geschützt ist (RFC 9110 §11.5).</translation>
    </message>
    <message>
        <source>What is wrong with the request or its token (RFC 6750 §3.1).</source>
        <translation>Was an der Anfrage oder ihrem Token falsch ist (RFC 6750 §3.1).</translation>
    </message>
    <message>
        <source>The same for developers.</source>
        <translation>Dasselbe für Entwickler.</translation>
    </message>
    <message>
        <source>The scopes that the token needs; a client asks for exactly these (RFC 6750 §3).</source>
        <translation>Die Scopes, die das Token braucht; ein Client verlangt genau diese (RFC 6750 §3).</translation>
    </message>
    <message>
        <source>Where the client finds out which authorization server to use (RFC 9728 §5.1).</source>
        <translation>Wo der Client erfährt, welcher Autorisierungsserver zuständig ist (RFC 9728 §5.1).</translation>
    </message>
    <message>
        <source>The access token (RFC 6750 §2.1). Only its last four characters are shown.</source>
        <translation>Das Access-Token (RFC 6750 §2.1). Gezeigt werden nur die letzten vier Zeichen.</translation>
    </message>
    <message>
        <source>The challenge: how to get a token that works here (RFC 9110 §11.6.1).</source>
        <translation>Die Aufforderung: wie man zu einem Token kommt, das hier gilt (RFC 9110 §11.6.1).</translation>
    </message>
    <message>
        <source>The session that initialize opened. A secret, so it is masked.</source>
        <translation>Die Sitzung, die initialize eröffnet hat. Ein Geheimnis, deshalb verdeckt.</translation>
    </message>
    <message>
        <source>The revision of MCP that the client speaks.</source>
        <translation>Die Fassung von MCP, die der Client spricht.</translation>
    </message>
    <message>
        <source>The JSON-RPC method, repeated for proxies (MCP 2026-07-28).</source>
        <translation>Die JSON-RPC-Methode, für Proxys wiederholt (MCP 2026-07-28).</translation>
    </message>
    <message>
        <source>The tool, prompt or resource, repeated for proxies (MCP 2026-07-28).</source>
        <translation>Werkzeug, Prompt oder Ressource, für Proxys wiederholt (MCP 2026-07-28).</translation>
    </message>
    <message>
        <source>MCP clients take application/json and text/event-stream.</source>
        <translation>MCP-Clients nehmen application/json und text/event-stream.</translation>
    </message>
    <message>
        <source>What the body is; MCP requests are application/json.</source>
        <translation>Was der Inhalt ist; MCP-Anfragen sind application/json.</translation>
    </message>
    <message>
        <source>The page that made a browser ask. Checked against DNS rebinding.</source>
        <translation>Die Seite, die einen Browser fragen ließ. Gegen DNS-Rebinding geprüft.</translation>
    </message>
    <message>
        <source>The name that the client used for this server. Checked against DNS rebinding.</source>
        <translation>Der Name, unter dem der Client diesen Server rief. Gegen DNS-Rebinding geprüft.</translation>
    </message>
    <message>
        <source>The program that asks, as it calls itself.</source>
        <translation>Das Programm, das fragt, wie es sich selbst nennt.</translation>
    </message>
    <message>
        <source>The event after which a stream is to go on.</source>
        <translation>Das Ereignis, nach dem ein Strom weitergehen soll.</translation>
    </message>
    <message>
        <source>Answers with tokens or challenges must not be stored.</source>
        <translation>Antworten mit Token oder Aufforderungen dürfen nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>When it makes sense to ask again, in seconds.</source>
        <translation>Wann eine neue Frage sinnvoll ist, in Sekunden.</translation>
    </message>
    <message>
        <source>The methods that this address takes.</source>
        <translation>Die Methoden, die diese Adresse nimmt.</translation>
    </message>
    <message>
        <source>%1, with the request</source>
        <translation>%1, mit der Anfrage</translation>
    </message>
    <message>
        <source>%1, %2 after the request</source>
        <translation>%1, %2 nach der Anfrage</translation>
    </message>
    <message>
        <source>%1, %2 before the request</source>
        <translation>%1, %2 vor der Anfrage</translation>
    </message>
    <message>
        <source>names this server</source>
        <translation>nennt diesen Server</translation>
    </message>
    <message>
        <source>not past</source>
        <translation>nicht vorbei</translation>
    </message>
    <message>
        <source>not in the future</source>
        <translation>nicht in der Zukunft</translation>
    </message>
    <message>
        <source>present</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>past by %1</source>
        <translation>vorbei seit %1</translation>
    </message>
    <message>
        <source>begins only in %1</source>
        <translation>beginnt erst in %1</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>expected %1</source>
        <translation>erwartet %1</translation>
    </message>
    <message>
        <source>nothing required</source>
        <translation>nichts verlangt</translation>
    </message>
    <message>
        <source>Signature good, key %1.</source>
        <translation>Signatur gut, Schlüssel %1.</translation>
    </message>
    <message>
        <source>The signature does not fit key %1.</source>
        <translation>Die Signatur passt nicht zum Schlüssel %1.</translation>
    </message>
    <message>
        <source>Signature not checked.</source>
        <translation>Signatur nicht geprüft.</translation>
    </message>
    <message>
        <source>Signature not checked: %1</source>
        <translation>Signatur nicht geprüft: %1</translation>
    </message>
    <message>
        <source>Expired %1 ago</source>
        <translation>Vor %1 abgelaufen</translation>
    </message>
    <message>
        <source>Expires in %1</source>
        <translation>Läuft in %1 ab</translation>
    </message>
    <message>
        <source>Expires in %1 min %2 s</source>
        <translation>Läuft in %1 min %2 s ab</translation>
    </message>
    <message>
        <source>names the server</source>
        <translation>nennt den Server</translation>
    </message>
    <message>
        <source>names this client</source>
        <translation>nennt diesen Client</translation>
    </message>
    <message>
        <source>A server would refuse it: %1</source>
        <translation>Ein Server würde es ablehnen: %1</translation>
    </message>
    <message>
        <source>Valid for this server, but its signature was not checked.</source>
        <translation>Gültig für diesen Server, aber seine Signatur wurde nicht geprüft.</translation>
    </message>
    <message>
        <source>Valid for this server.</source>
        <translation>Gültig für diesen Server.</translation>
    </message>
    <message>
        <source>Valid, but its signature was not checked.</source>
        <translation>Gültig, aber seine Signatur wurde nicht geprüft.</translation>
    </message>
    <message>
        <source>Valid.</source>
        <translation>Gültig.</translation>
    </message>
    <message>
        <source>This server would refuse it: %1</source>
        <translation>Dieser Server würde ihn ablehnen: %1</translation>
    </message>
    <message>
        <source>This server asks nobody for a token: it was not judged.</source>
        <translation>Dieser Server fragt niemanden nach einem Token: Er wurde nicht beurteilt.</translation>
    </message>
    <message>
        <source>is the configured issuer</source>
        <translation>ist der eingestellte Aussteller</translation>
    </message>
    <message>
        <source>is the issuer found</source>
        <translation>ist der gefundene Aussteller</translation>
    </message>
    <message>
        <source>Keys read at %1.</source>
        <translation>Schlüssel um %1 gelesen.</translation>
    </message>
</context>
<context>
    <name>gatehouse::inspector::TrafficModel</name>
    <message>
        <source>Not needed</source>
        <translation>Nicht nötig</translation>
    </message>
    <message>
        <source>Request %1, %2 from %3, status %4, %5, %6</source>
        <translation>Anfrage %1, %2 von %3, Status %4, %5, %6</translation>
    </message>
    <message>
        <source>, pinned</source>
        <translation>, angeheftet</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Aufruf</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Auth</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Fassung</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Organization</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Request size</source>
        <translation>Größe der Anfrage</translation>
    </message>
    <message>
        <source>Response size</source>
        <translation>Größe der Antwort</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>Scope</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation>Nicht gefragt</translation>
    </message>
    <message>
        <source>Not finished</source>
        <translation>Nicht beendet</translation>
    </message>
</context>
<context>
    <name>gatehouse::inspector::Words</name>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>RPC %1</source>
        <translation>RPC %1</translation>
    </message>
    <message>
        <source>Tool error</source>
        <translation>Werkzeugfehler</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>OK · %1</source>
        <translation>OK · %1</translation>
    </message>
    <message>
        <source>Refused before HTTP: %1</source>
        <translation>Vor HTTP abgelehnt: %1</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>Zu spät</translation>
    </message>
    <message>
        <source>%L1 s</source>
        <translation>%L1 s</translation>
    </message>
    <message>
        <source>%L1 ms</source>
        <translation>%L1 ms</translation>
    </message>
    <message>
        <source>The answer is a stream that is still open.</source>
        <translation>Die Antwort ist ein Strom, der noch offen ist.</translation>
    </message>
    <message>
        <source>Not answered yet.</source>
        <translation>Noch nicht beantwortet.</translation>
    </message>
    <message>
        <source>%L1 µs</source>
        <translation>%L1 µs</translation>
    </message>
    <message>
        <source>Over the limit</source>
        <translation>Über der Grenze</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Geschlossen</translation>
    </message>
    <message>
        <source>Malformed</source>
        <translation>Fehlerhaft</translation>
    </message>
</context>
<context>
    <name>gatehouse::keys::SigningKey</name>
    <message>
        <source>There is no algorithm “%1”.</source>
        <translation>Einen Algorithmus „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>It is no private key in PEM, or has a passphrase.</source>
        <translation>Das ist kein privater Schlüssel in PEM, oder er hat eine Passphrase.</translation>
    </message>
    <message>
        <source>It is no key for %1.</source>
        <translation>Das ist kein Schlüssel für %1.</translation>
    </message>
</context>
<context>
    <name>gatehouse::oauth::Words</name>
    <message>
        <source>%1 shows a page that wants a person.</source>
        <translation>%1 zeigt eine Seite, die einen Menschen verlangt.</translation>
    </message>
    <message>
        <source>%1 answered HTTP %2.</source>
        <translation>%1 antwortete mit HTTP %2.</translation>
    </message>
    <message>
        <source>Use --browser system, or have the authorization server sign in by itself.</source>
        <translation>Verwenden Sie --browser system, oder lassen Sie den Autorisierungsserver von selbst anmelden.</translation>
    </message>
    <message>
        <source>The answer was sent to %1, not to %2, the redirect address that was registered.</source>
        <translation>Die Antwort ging an %1 und nicht an %2, die registrierte Rücksprungadresse.</translation>
    </message>
    <message>
        <source>%1 redirects to an address that may not be followed.</source>
        <translation>%1 leitet zu einer Adresse weiter, der nicht gefolgt werden darf.</translation>
    </message>
    <message>
        <source>The sign-in needed more than ten redirects.</source>
        <translation>Die Anmeldung brauchte mehr als zehn Weiterleitungen.</translation>
    </message>
    <message>
        <source>Ask for scopes that the authorization server lists; AuthKit wants at least openid.</source>
        <translation>Fragen Sie nach Scopes, die der Autorisierungsserver nennt; AuthKit verlangt mindestens openid.</translation>
    </message>
    <message>
        <source>Sign in again and allow the access.</source>
        <translation>Melden Sie sich erneut an und erlauben Sie den Zugriff.</translation>
    </message>
    <message>
        <source>An answer with another state came back: it does not belong to this sign-in and was ignored.</source>
        <translation>Es kam eine Antwort mit anderem state zurück: Sie gehört nicht zu dieser Anmeldung und wurde nicht beachtet.</translation>
    </message>
    <message>
        <source>Start the sign-in again.</source>
        <translation>Beginnen Sie die Anmeldung von vorn.</translation>
    </message>
    <message>
        <source>The answer to the sign-in does not name its issuer exactly once, as the server announced (RFC 9207).</source>
        <translation>Die Antwort auf die Anmeldung nennt ihren Aussteller nicht genau einmal, wie der Server angekündigt hat (RFC 9207).</translation>
    </message>
    <message>
        <source>The answer to the sign-in comes from another issuer than %1 (RFC 9207). %2</source>
        <translation>Die Antwort auf die Anmeldung kommt von einem anderen Aussteller als %1 (RFC 9207). %2</translation>
    </message>
    <message>
        <source>The authorization server refused the sign-in: %1 %2</source>
        <translation>Der Autorisierungsserver lehnte die Anmeldung ab: %1 %2</translation>
    </message>
    <message>
        <source>The answer to the sign-in does not hold exactly one code.</source>
        <translation>Die Antwort auf die Anmeldung enthält nicht genau einen Code.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no list of strings.</source>
        <translation>„%1“ ist keine Liste von Zeichenketten.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no address that may be used.</source>
        <translation>„%1“ ist keine Adresse, die verwendet werden darf.</translation>
    </message>
    <message>
        <source>%1 is &quot;%2&quot;, expected &quot;%3&quot;%4.</source>
        <translation>%1 ist „%2“, erwartet „%3“%4.</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>%1 ist nicht zu verwenden: %2</translation>
    </message>
    <message>
        <source>the resource</source>
        <translation>die Ressource</translation>
    </message>
    <message>
        <source>it names no authorization server.</source>
        <translation>sie nennt keinen Autorisierungsserver.</translation>
    </message>
    <message>
        <source>its authorization server is no address that may be used.</source>
        <translation>ihr Autorisierungsserver ist keine Adresse, die verwendet werden darf.</translation>
    </message>
    <message>
        <source>the issuer</source>
        <translation>der Aussteller</translation>
    </message>
    <message>
        <source>Both documents name &quot;%1&quot;, and not the same address: the first counts.</source>
        <translation>Beide Dokumente nennen „%1“, aber nicht dieselbe Adresse: Das erste zählt.</translation>
    </message>
    <message>
        <source>%1 was not used: %2</source>
        <translation>%1 wurde nicht verwendet: %2</translation>
    </message>
    <message>
        <source>Ask without a token</source>
        <translation>Ohne Token anfragen</translation>
    </message>
    <message>
        <source>Resource metadata</source>
        <translation>Metadaten der Ressource</translation>
    </message>
    <message>
        <source>Authorization server metadata</source>
        <translation>Metadaten des Autorisierungsservers</translation>
    </message>
    <message>
        <source>Client identity</source>
        <translation>Identität des Clients</translation>
    </message>
    <message>
        <source>Sign in with the browser</source>
        <translation>Im Browser anmelden</translation>
    </message>
    <message>
        <source>Exchange the code</source>
        <translation>Code eintauschen</translation>
    </message>
    <message>
        <source>Handshake with the token</source>
        <translation>Handshake mit dem Token</translation>
    </message>
    <message>
        <source>The browser did not come back in time.</source>
        <translation>Der Browser kam nicht rechtzeitig zurück.</translation>
    </message>
    <message>
        <source>A page that says &quot;Application not found&quot; never comes back: register again, or use another client id.</source>
        <translation>Eine Seite mit „Application not found“ kommt nie zurück: Registrieren Sie neu, oder verwenden Sie eine andere Client-ID.</translation>
    </message>
    <message>
        <source>No token was needed.</source>
        <translation>Es wurde kein Token gebraucht.</translation>
    </message>
    <message>
        <source>An earlier sign-in is used.</source>
        <translation>Eine frühere Anmeldung wird verwendet.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>%1 %2 speaks %3 (%4).</source>
        <translation>%1 %2 spricht %3 (%4).</translation>
    </message>
    <message>
        <source>The server let us in without a token.
</source>
        <translation>Der Server ließ uns ohne Token ein.
</translation>
    </message>
    <message>
        <source>The challenge cannot be read: %1 The usual places are asked instead.</source>
        <translation>Die Challenge ist nicht lesbar: %1 Stattdessen werden die üblichen Orte gefragt.</translation>
    </message>
    <message>
        <source>The server wants a token and does not say where its metadata is: the usual places are asked.</source>
        <translation>Der Server verlangt ein Token und sagt nicht, wo seine Metadaten sind: Die üblichen Orte werden gefragt.</translation>
    </message>
    <message>
        <source>The server wants a token and names its metadata: </source>
        <translation>Der Server verlangt ein Token und nennt seine Metadaten: </translation>
    </message>
    <message>
        <source>No tool was named to call.</source>
        <translation>Es wurde kein Tool genannt, das aufzurufen wäre.</translation>
    </message>
    <message>
        <source>%1 answered.</source>
        <translation>%1 antwortete.</translation>
    </message>
    <message>
        <source>The server wants a token now.</source>
        <translation>Der Server verlangt jetzt ein Token.</translation>
    </message>
    <message>
        <source>The stored token was refused.</source>
        <translation>Das gespeicherte Token wurde abgelehnt.</translation>
    </message>
    <message>
        <source>The server answered with error %1: %2</source>
        <translation>Der Server antwortete mit Fehler %1: %2</translation>
    </message>
    <message>
        <source>The server wants more scopes: %1</source>
        <translation>Der Server verlangt mehr Scopes: %1</translation>
    </message>
    <message>
        <source>Not asked for.</source>
        <translation>Nicht gewünscht.</translation>
    </message>
    <message>
        <source>There is no refresh token.</source>
        <translation>Es gibt kein Refresh-Token.</translation>
    </message>
    <message>
        <source>The access token is the same as before.</source>
        <translation>Das Access-Token ist dasselbe wie zuvor.</translation>
    </message>
    <message>
        <source>The access token is a new one; the old one was %1.</source>
        <translation>Das Access-Token ist neu; das alte war %1.</translation>
    </message>
    <message>
        <source>The refresh token stays the same.</source>
        <translation>Das Refresh-Token bleibt dasselbe.</translation>
    </message>
    <message>
        <source>The refresh token was exchanged for a new one.</source>
        <translation>Das Refresh-Token wurde gegen ein neues getauscht.</translation>
    </message>
    <message>
        <source>%1 is what its document says it is.</source>
        <translation>%1 ist, was sein Dokument von sich sagt.</translation>
    </message>
    <message>
        <source>PKCE: S256</source>
        <translation>PKCE: S256</translation>
    </message>
    <message>
        <source>Registration: </source>
        <translation>Registrierung: </translation>
    </message>
    <message>
        <source>no address named</source>
        <translation>keine Adresse genannt</translation>
    </message>
    <message>
        <source>From %1: %2</source>
        <translation>Aus %1: %2</translation>
    </message>
    <message>
        <source>Only from %1: %2</source>
        <translation>Nur aus %1: %2</translation>
    </message>
    <message>
        <source>An earlier sign-in for this address is tried first.</source>
        <translation>Eine frühere Anmeldung für diese Adresse wird zuerst versucht.</translation>
    </message>
    <message>
        <source>%1
Authorization server: %2
Scopes: %3</source>
        <translation>%1
Autorisierungsserver: %2
Scopes: %3</translation>
    </message>
    <message>
        <source>The authorization server does not say that it supports PKCE with S256 (code_challenge_methods_supported); MCP clients must not go on.</source>
        <translation>Der Autorisierungsserver sagt nicht, dass er PKCE mit S256 beherrscht (code_challenge_methods_supported); MCP-Clients dürfen nicht weitermachen.</translation>
    </message>
    <message>
        <source>
Port %1 is taken; the callback uses %2 and a client of its own.</source>
        <translation>
Port %1 ist belegt; der Rücksprung verwendet %2 und einen eigenen Client.</translation>
    </message>
    <message>
        <source>%1, as given.</source>
        <translation>%1, wie angegeben.</translation>
    </message>
    <message>
        <source>%1, registered earlier.</source>
        <translation>%1, früher registriert.</translation>
    </message>
    <message>
        <source>%1, registered now as a native public client for %2.</source>
        <translation>%1, jetzt als nativer öffentlicher Client für %2 registriert.</translation>
    </message>
    <message>
        <source>A token of an earlier sign-in is there.</source>
        <translation>Ein Token einer früheren Anmeldung ist da.</translation>
    </message>
    <message>
        <source>The authorization address may not be opened: neither https nor loopback.</source>
        <translation>Die Autorisierungsadresse darf nicht geöffnet werden: weder https noch Loopback.</translation>
    </message>
    <message>
        <source>PKCE: S256, challenge %1
Scopes: %2</source>
        <translation>PKCE: S256, Challenge %1
Scopes: %2</translation>
    </message>
    <message>
        <source>none asked for</source>
        <translation>keine verlangt</translation>
    </message>
    <message>
        <source>
The answer came back with the right state and a code.</source>
        <translation>
Die Antwort kam mit dem richtigen state und einem Code zurück.</translation>
    </message>
    <message>
        <source>A token of an earlier sign-in is still good.</source>
        <translation>Ein Token einer früheren Anmeldung ist noch gut.</translation>
    </message>
    <message>
        <source>Another program has refreshed this sign-in.</source>
        <translation>Ein anderes Programm hat diese Anmeldung erneuert.</translation>
    </message>
    <message>
        <source>Another program is refreshing this sign-in and does not come to an end.</source>
        <translation>Ein anderes Programm erneuert diese Anmeldung und kommt zu keinem Ende.</translation>
    </message>
    <message>
        <source>Try again, or end the other program.</source>
        <translation>Versuchen Sie es erneut, oder beenden Sie das andere Programm.</translation>
    </message>
    <message>
        <source>The stored refresh token was refused: </source>
        <translation>Das gespeicherte Refresh-Token wurde abgelehnt: </translation>
    </message>
    <message>
        <source>The kept sign-in could not be refreshed: </source>
        <translation>Die gespeicherte Anmeldung konnte nicht erneuert werden: </translation>
    </message>
    <message>
        <source>not stated: as asked for</source>
        <translation>nicht genannt: wie verlangt</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht genannt</translation>
    </message>
    <message>
        <source>Access token %1, lifetime %2
Scopes: %3</source>
        <translation>Access-Token %1, Lebensdauer %2
Scopes: %3</translation>
    </message>
    <message>
        <source>
No refresh token: ask for offline_access to stay signed in.</source>
        <translation>
Kein Refresh-Token: Verlangen Sie offline_access, um angemeldet zu bleiben.</translation>
    </message>
    <message>
        <source>No token</source>
        <translation>Kein Token</translation>
    </message>
    <message>
        <source>Something that is no token</source>
        <translation>Etwas, das kein Token ist</translation>
    </message>
    <message>
        <source>Expired token</source>
        <translation>Abgelaufenes Token</translation>
    </message>
    <message>
        <source>Token for another server</source>
        <translation>Token für einen anderen Server</translation>
    </message>
    <message>
        <source>Token of another issuer</source>
        <translation>Token eines anderen Ausstellers</translation>
    </message>
    <message>
        <source>Unsigned token (alg: none)</source>
        <translation>Token ohne Signatur (alg: none)</translation>
    </message>
    <message>
        <source>Forged signature</source>
        <translation>Gefälschte Signatur</translation>
    </message>
    <message>
        <source>Unknown key</source>
        <translation>Unbekannter Schlüssel</translation>
    </message>
    <message>
        <source>Token that is not yet valid</source>
        <translation>Noch nicht gültiges Token</translation>
    </message>
    <message>
        <source>Token without a needed scope</source>
        <translation>Token ohne einen nötigen Scope</translation>
    </message>
    <message>
        <source>Token in the address</source>
        <translation>Token in der Adresse</translation>
    </message>
    <message>
        <source>401 invalid_token or 400</source>
        <translation>401 invalid_token oder 400</translation>
    </message>
    <message>
        <source>400 or 401</source>
        <translation>400 oder 401</translation>
    </message>
    <message>
        <source>The server&apos;s challenge names no scope, so it needs none.</source>
        <translation>Die Challenge des Servers nennt keinen Scope, also braucht er keinen.</translation>
    </message>
    <message>
        <source>It is made of your own token: sign in first. Tokens that are no JWS do not do.</source>
        <translation>Es wird aus Ihrem eigenen Token gemacht: Melden Sie sich zuerst an. Token, die kein JWS sind, taugen nicht.</translation>
    </message>
    <message>
        <source>It would write a good token of yours into the server&apos;s log.</source>
        <translation>Es würde ein gutes Token von Ihnen in das Protokoll des Servers schreiben.</translation>
    </message>
    <message>
        <source>Only an issuer can make such a token: the sandbox does, another does not.</source>
        <translation>Nur ein Aussteller kann ein solches Token machen: Die Sandbox tut es, ein anderer nicht.</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>The server let it in.</source>
        <translation>Der Server ließ es ein.</translation>
    </message>
    <message>
        <source>Refused, but not as the specification has it.</source>
        <translation>Abgelehnt, aber nicht so, wie die Spezifikation es vorsieht.</translation>
    </message>
    <message>
        <source>The answer has no challenge that can be read (WWW-Authenticate).</source>
        <translation>Die Antwort hat keine lesbare Challenge (WWW-Authenticate).</translation>
    </message>
    <message>
        <source>The challenge should say error=&quot;%1&quot; (RFC 6750 §3.1).</source>
        <translation>Die Challenge sollte error=&quot;%1&quot; sagen (RFC 6750 §3.1).</translation>
    </message>
    <message>
        <source>Without a token the challenge should name no error (RFC 6750 §3.1).</source>
        <translation>Ohne Token sollte die Challenge keinen Fehler nennen (RFC 6750 §3.1).</translation>
    </message>
    <message>
        <source>| Check | Expected | Got | Result |</source>
        <translation>| Prüfung | Erwartet | Erhalten | Ergebnis |</translation>
    </message>
    <message>
        <source>Pass</source>
        <translation>Bestanden</translation>
    </message>
    <message>
        <source>Fail</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Not run</source>
        <translation>Nicht ausgeführt</translation>
    </message>
    <message>
        <source>The authorization server registers no client: HTTP %1 %2 %3</source>
        <translation>Der Autorisierungsserver registriert keinen Client: HTTP %1 %2 %3</translation>
    </message>
    <message>
        <source>it has no client_id.</source>
        <translation>sie hat keine client_id.</translation>
    </message>
    <message>
        <source>its client_secret has characters that none may have.</source>
        <translation>ihr client_secret hat Zeichen, die keines haben darf.</translation>
    </message>
    <message>
        <source>it wants an authentication that this client cannot give.</source>
        <translation>sie verlangt eine Authentisierung, die dieser Client nicht leisten kann.</translation>
    </message>
    <message>
        <source>its redirect_uris lack &quot;%1&quot;, which was asked for.</source>
        <translation>ihren redirect_uris fehlt „%1“, worum gebeten wurde.</translation>
    </message>
    <message>
        <source>The authorization server registers no clients by itself.</source>
        <translation>Der Autorisierungsserver registriert von sich aus keine Clients.</translation>
    </message>
    <message>
        <source> Its metadata names no place to register; %1 was tried, where AuthKit has it.</source>
        <translation> Seine Metadaten nennen keinen Ort zum Registrieren; %1 wurde versucht, wo AuthKit ihn hat.</translation>
    </message>
    <message>
        <source>Add exactly %1 under MCP resource indicators of the authorization server.</source>
        <translation>Tragen Sie genau %1 unter „MCP resource indicators“ des Autorisierungsservers ein.</translation>
    </message>
    <message>
        <source>The client is gone or was registered as a confidential one: register again as a public client.</source>
        <translation>Der Client ist verschwunden oder wurde als vertraulicher registriert: Registrieren Sie neu als öffentlicher Client.</translation>
    </message>
    <message>
        <source>A code or refresh token works once and not for long: sign in again.</source>
        <translation>Ein Code oder Refresh-Token gilt einmal und nicht lange: Melden Sie sich erneut an.</translation>
    </message>
    <message>
        <source>The token endpoint cannot answer now: HTTP %1 %2 %3</source>
        <translation>Der Token-Endpunkt kann jetzt nicht antworten: HTTP %1 %2 %3</translation>
    </message>
    <message>
        <source>Try again in a while.</source>
        <translation>Versuchen Sie es später erneut.</translation>
    </message>
    <message>
        <source>The token endpoint refuses: HTTP %1 %2 %3</source>
        <translation>Der Token-Endpunkt lehnt ab: HTTP %1 %2 %3</translation>
    </message>
    <message>
        <source>it has no access_token.</source>
        <translation>sie hat kein access_token.</translation>
    </message>
    <message>
        <source>its access_token has characters that none may have, or too many.</source>
        <translation>ihr access_token hat Zeichen, die keines haben darf, oder zu viele.</translation>
    </message>
    <message>
        <source>its token_type is not Bearer.</source>
        <translation>ihr token_type ist nicht Bearer.</translation>
    </message>
    <message>
        <source>one of its tokens is too long.</source>
        <translation>eines ihrer Tokens ist zu lang.</translation>
    </message>
    <message>
        <source>Unchanged: %1 %2</source>
        <translation>Unverändert: %1 %2</translation>
    </message>
    <message>
        <source>Changed: %1 %2, before %3</source>
        <translation>Geändert: %1 %2, zuvor %3</translation>
    </message>
    <message>
        <source>Register one there and give its client id.</source>
        <translation>Registrieren Sie dort einen und geben Sie seine Client-ID an.</translation>
    </message>
    <message>
        <source>Enable DCR in Dashboard &gt; Connect &gt; Configuration, or sign in with a client id of your own. Nothing was created.</source>
        <translation>Schalten Sie DCR unter Dashboard &gt; Connect &gt; Configuration ein, oder melden Sie sich mit einer eigenen Client-ID an. Es wurde nichts angelegt.</translation>
    </message>
    <message>
        <source>Tools (%1): %2</source>
        <translation>Tools (%1): %2</translation>
    </message>
    <message>
        <source>There is no AuthKit environment at %1. %2</source>
        <translation>Es gibt keine AuthKit-Umgebung unter %1. %2</translation>
    </message>
    <message>
        <source>Copy the AuthKit domain from the dashboard, and write it exactly so.</source>
        <translation>Kopieren Sie die AuthKit-Domain aus dem Dashboard, und schreiben Sie sie genau so.</translation>
    </message>
    <message>
        <source>DCR is disabled for this environment.</source>
        <translation>DCR ist für diese Umgebung abgeschaltet.</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Erneuern</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has &quot;%2&quot; in its query, which only the client may say.</source>
        <translation>„%1“ hat „%2“ in der Abfrage, was nur der Client sagen darf.</translation>
    </message>
    <message>
        <source>
The link was opened a second time. If that was not you, cancel: somebody else on this machine may have taken it.</source>
        <translation>
Der Link wurde ein zweites Mal geöffnet. Wenn Sie das nicht waren, brechen Sie ab: Jemand anderes auf diesem Rechner könnte ihn genommen haben.</translation>
    </message>
    <message>
        <source>The MCP server names the authorization server %1, not %2. %3</source>
        <translation>Der MCP-Server nennt den Autorisierungsserver %1, nicht %2. %3</translation>
    </message>
    <message>
        <source>Ask who runs the server, or name its issuer.</source>
        <translation>Fragen Sie, wer den Server betreibt, oder nennen Sie seinen Aussteller.</translation>
    </message>
    <message>
        <source>If you trust %1, say so; else end here.</source>
        <translation>Wenn Sie %1 vertrauen, sagen Sie es; sonst brechen Sie hier ab.</translation>
    </message>
    <message>
        <source>The client %1 belongs to %2, but the MCP server now names %3. Nothing was sent there.</source>
        <translation>Der Client %1 gehört zu %2, der MCP-Server nennt aber jetzt %3. Dorthin wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>If the server has moved, say so; else ask who runs it.</source>
        <translation>Wenn der Server umgezogen ist, sagen Sie es; sonst fragen Sie, wer ihn betreibt.</translation>
    </message>
    <message>
        <source>The authorization server %1 has its endpoints elsewhere: %2. A hostile server could borrow another one&apos;s sign-in page in this way and get your sign-in.</source>
        <translation>Der Autorisierungsserver %1 hat seine Endpunkte woanders: %2. Ein feindlicher Server könnte so die Anmeldeseite eines anderen ausleihen und Ihre Anmeldung bekommen.</translation>
    </message>
    <message>
        <source>%1 redirects to another server, %2. A hostile server could borrow that one&apos;s sign-in in this way.</source>
        <translation>%1 leitet zu einem anderen Server weiter, %2. Ein feindlicher Server könnte sich so dessen Anmeldung ausleihen.</translation>
    </message>
    <message>
        <source>Sign in with a browser, or name the issuer if you trust it (--issuer).</source>
        <translation>Melden Sie sich mit einem Browser an, oder nennen Sie den Aussteller, wenn Sie ihm vertrauen (--issuer).</translation>
    </message>
    <message>
        <source>The client&apos;s secret is not known here: it was given to another run.</source>
        <translation>Das Geheimnis des Clients ist hier nicht bekannt: Es wurde einem anderen Lauf gegeben.</translation>
    </message>
    <message>
        <source>
Port %1 is taken; the callback uses %2, which the client may not be registered with.</source>
        <translation>
Port %1 ist belegt; der Rücksprung verwendet %2, womit der Client vielleicht nicht registriert ist.</translation>
    </message>
    <message>
        <source>No lock can be made in %1, so two programs could spend one refresh token.</source>
        <translation>In %1 lässt sich keine Sperre anlegen, also könnten zwei Programme dasselbe Refresh-Token verbrauchen.</translation>
    </message>
    <message>
        <source>See that this folder can be written to.</source>
        <translation>Den Ordner beschreibbar machen.</translation>
    </message>
    <message>
        <source>%1 says: %2.</source>
        <translation>%1 meldet: %2.</translation>
    </message>
    <message>
        <source>The access token is a new one.</source>
        <translation>Das Access-Token ist neu.</translation>
    </message>
    <message>
        <source>The tool itself reported: %1</source>
        <translation>Das Tool selbst meldete: %1</translation>
    </message>
    <message>
        <source>There is no protected resource metadata (RFC 9728). Asked: %1</source>
        <translation>Es gibt keine Metadaten der geschützten Ressource (RFC 9728). Gefragt: %1</translation>
    </message>
    <message>
        <source>The server wants a token and has to publish where it comes from.</source>
        <translation>Der Server verlangt ein Token und muss veröffentlichen, woher es kommt.</translation>
    </message>
    <message>
        <source>There is no authorization server metadata (RFC 8414). Asked: %1</source>
        <translation>Es gibt keine Metadaten des Autorisierungsservers (RFC 8414). Gefragt: %1</translation>
    </message>
    <message>
        <source>See that the MCP server names the issuer exactly as that server calls itself.</source>
        <translation>Der MCP-Server muss den Aussteller genau so nennen, wie dieser selbst sich nennt.</translation>
    </message>
    <message>
        <source>The registration endpoint gave no answer: %1</source>
        <translation>Der Registrierungsendpunkt gab keine Antwort: %1</translation>
    </message>
    <message>
        <source>The registration cannot be used: %1</source>
        <translation>Die Registrierung ist nicht verwendbar: %1</translation>
    </message>
    <message>
        <source>The callback listener could not start: %1</source>
        <translation>Der Empfänger des Rücksprungs konnte nicht starten: %1</translation>
    </message>
    <message>
        <source>The client, or its redirect address, seems not to be known there: register again.</source>
        <translation>Der Client oder seine Redirect-Adresse scheint dort nicht bekannt zu sein: neu registrieren.</translation>
    </message>
    <message>
        <source>The token endpoint gave no answer: %1</source>
        <translation>Der Token-Endpunkt gab keine Antwort: %1</translation>
    </message>
    <message>
        <source>The token answer cannot be used: %1</source>
        <translation>Die Antwort des Token-Endpunkts ist nicht verwendbar: %1</translation>
    </message>
    <message>
        <source>another program has its port now.</source>
        <translation>ein anderes Programm hat jetzt seinen Port.</translation>
    </message>
    <message>
        <source>See that the MCP server runs at this address, and that this machine reaches it.</source>
        <translation>Läuft der MCP-Server unter dieser Adresse, und erreicht ihn dieser Rechner?</translation>
    </message>
    <message>
        <source>The server refuses without asking for a sign-in: ask who runs it.</source>
        <translation>Der Server lehnt ab, ohne nach einer Anmeldung zu fragen: den Betreiber fragen.</translation>
    </message>
    <message>
        <source>Sign in again. If it stays so, the server wants other scopes or another audience than the token has.</source>
        <translation>Neu anmelden. Bleibt es dabei, verlangt der Server andere Scopes oder eine andere Audience, als das Token hat.</translation>
    </message>
    <message>
        <source>What was sent and answered stands with the step.</source>
        <translation>Was gesendet und geantwortet wurde, steht beim Schritt.</translation>
    </message>
    <message>
        <source>See that this server runs, and that this machine reaches it.</source>
        <translation>Läuft dieser Server, und erreicht ihn dieser Rechner?</translation>
    </message>
    <message>
        <source>Whoever runs that server has to mend the document.</source>
        <translation>Wer diesen Server betreibt, muss das Dokument berichtigen.</translation>
    </message>
    <message>
        <source>The AuthKit environment %1 cannot be reached. %2</source>
        <translation>Die AuthKit-Umgebung %1 ist nicht zu erreichen. %2</translation>
    </message>
    <message>
        <source>See that this machine reaches the internet, and that the AuthKit domain is written exactly as in the dashboard.</source>
        <translation>Erreicht dieser Rechner das Internet, und ist die AuthKit-Domain genau so geschrieben wie im Dashboard?</translation>
    </message>
    <message>
        <source>Whoever runs the authorization server has to announce S256 (RFC 8414 §2).</source>
        <translation>Wer den Autorisierungsserver betreibt, muss S256 ankündigen (RFC 8414 §2).</translation>
    </message>
    <message>
        <source>Use a client id that is registered there, or ask who runs the authorization server.</source>
        <translation>Eine Client-ID benutzen, die dort registriert ist, oder den Betreiber des Autorisierungsservers fragen.</translation>
    </message>
    <message>
        <source>The server&apos;s edge refused our user agent, not your settings: register a client there by hand and give its client id.</source>
        <translation>Der Rand des Servers hat unseren User-Agent abgelehnt, nicht Ihre Einstellungen: dort von Hand einen Client registrieren und seine Client-ID angeben.</translation>
    </message>
    <message>
        <source>Register a client there by hand and give its client id.</source>
        <translation>Dort von Hand einen Client registrieren und seine Client-ID angeben.</translation>
    </message>
    <message>
        <source>Choose another callback port, or 0 for a free one.</source>
        <translation>Einen anderen Callback-Port wählen, oder 0 für einen freien.</translation>
    </message>
    <message>
        <source>Whoever runs the authorization server has to publish an https address.</source>
        <translation>Wer den Autorisierungsserver betreibt, muss eine https-Adresse veröffentlichen.</translation>
    </message>
    <message>
        <source>Its page says more: open the address in a browser.</source>
        <translation>Ihre Seite sagt mehr: die Adresse in einem Browser öffnen.</translation>
    </message>
    <message>
        <source>Sign in with a browser.</source>
        <translation>Mit einem Browser anmelden.</translation>
    </message>
    <message>
        <source>Nothing of the answer was used. Start the sign-in again; if it comes again, ask who runs the server.</source>
        <translation>Von der Antwort wurde nichts benutzt. Die Anmeldung neu beginnen; kommt es wieder, den Betreiber des Servers fragen.</translation>
    </message>
    <message>
        <source>Ask who runs the authorization server what is missing.</source>
        <translation>Den Betreiber des Autorisierungsservers fragen, was fehlt.</translation>
    </message>
    <message>
        <source>Whoever runs the authorization server has to mend its token answer.</source>
        <translation>Wer den Autorisierungsserver betreibt, muss seine Token-Antwort berichtigen.</translation>
    </message>
    <message>
        <source>What was sent and answered stands with the step: whoever runs the server can tell more.</source>
        <translation>Was gesendet und geantwortet wurde, steht beim Schritt: Mehr weiß, wer den Server betreibt.</translation>
    </message>
    <message>
        <source>What was sent stands with the step: compare it with what the tool wants.</source>
        <translation>Was gesendet wurde, steht beim Schritt: mit dem vergleichen, was das Tool verlangt.</translation>
    </message>
    <message>
        <source>The code in it was not used. Register again, so that the client has this redirect address.</source>
        <translation>Der Code darin wurde nicht benutzt. Neu registrieren, damit der Client diese Redirect-Adresse hat.</translation>
    </message>
    <message>
        <source>port %1 of the redirect address is taken.</source>
        <translation>Port %1 der Redirect-Adresse ist belegt.</translation>
    </message>
    <message>
        <source>The browser is sent back to this machine only: http://127.0.0.1:PORT/… or http://localhost:PORT/…</source>
        <translation>Der Browser wird nur zu diesem Rechner zurückgeschickt: http://127.0.0.1:PORT/… oder http://localhost:PORT/…</translation>
    </message>
    <message>
        <source>A redirect address has a port and a path and nothing behind it: http://127.0.0.1:33418/callback.</source>
        <translation>Eine Redirect-Adresse hat einen Port und einen Pfad und nichts dahinter: http://127.0.0.1:33418/callback.</translation>
    </message>
    <message>
        <source>Write the redirect address as %1.</source>
        <translation>Die Redirect-Adresse so schreiben: %1.</translation>
    </message>
    <message>
        <source>The list cannot be had, and the tool is called all the same: %1</source>
        <translation>Die Liste ist nicht zu bekommen; das Werkzeug wird trotzdem aufgerufen: %1</translation>
    </message>
    <message>
        <source>The server offers no tools.</source>
        <translation>Der Server bietet keine Werkzeuge an.</translation>
    </message>
    <message>
        <source>Progress %1 of %2</source>
        <translation>Fortschritt %1 von %2</translation>
    </message>
    <message>
        <source>Progress %1</source>
        <translation>Fortschritt %1</translation>
    </message>
    <message>
        <source>The task is %1</source>
        <translation>Die Aufgabe ist %1</translation>
    </message>
    <message>
        <source>a web page</source>
        <translation>eine Webseite</translation>
    </message>
    <message>
        <source>no metadata</source>
        <translation>keine Metadaten</translation>
    </message>
    <message>
        <source>The server refuses the token: the refresh token is tried.</source>
        <translation>Der Server lehnt das Token ab: Das Refresh-Token wird versucht.</translation>
    </message>
    <message>
        <source>The server refuses the token, and names another authorization server now.</source>
        <translation>Der Server lehnt das Token ab und nennt jetzt einen anderen Autorisierungsserver.</translation>
    </message>
    <message>
        <source>%1, which the authorization server reads: nothing is registered.</source>
        <translation>%1, was der Autorisierungsserver liest: Nichts wird registriert.</translation>
    </message>
    <message>
        <source>%1, registered now as a client with a secret for %2.</source>
        <translation>%1, jetzt als Client mit Geheimnis für %2 registriert.</translation>
    </message>
    <message>
        <source>
The authorization server does not say that it reads metadata documents.</source>
        <translation>
Der Autorisierungsserver sagt nicht, dass er Metadatendokumente liest.</translation>
    </message>
    <message>
        <source>It publishes no metadata: the places of MCP 2025-03-26 are asked.</source>
        <translation>Er veröffentlicht keine Metadaten: Die Orte von MCP 2025-03-26 werden gefragt.</translation>
    </message>
    <message>
        <source>PKCE: not named</source>
        <translation>PKCE: nicht genannt</translation>
    </message>
    <message>
        <source>There is no protected resource metadata: as in MCP 2025-03-26, the server is taken for its own authorization server.
Authorization server: %1</source>
        <translation>Es gibt keine Ressourcen-Metadaten: Wie in MCP 2025-03-26 gilt der Server als sein eigener Autorisierungsserver.
Autorisierungsserver: %1</translation>
    </message>
    <message>
        <source>No person signs in with this grant.</source>
        <translation>Bei dieser Art meldet sich keine Person an.</translation>
    </message>
    <message>
        <source>%1 gave an assertion for %2.</source>
        <translation>%1 gab eine Assertion für %2.</translation>
    </message>
    <message>
        <source>None: the authorization server knows who asks by what is shown to it.</source>
        <translation>Keine: Der Autorisierungsserver erkennt, wer fragt, an dem, was ihm gezeigt wird.</translation>
    </message>
    <message>
        <source>Exchange the ID token</source>
        <translation>ID-Token eintauschen</translation>
    </message>
    <message>
        <source>Client credentials</source>
        <translation>Client-Anmeldedaten</translation>
    </message>
    <message>
        <source>Exchange the assertion</source>
        <translation>Assertion eintauschen</translation>
    </message>
    <message>
        <source>its issued_token_type is not id-jag.</source>
        <translation>sein issued_token_type ist nicht id-jag.</translation>
    </message>
    <message>
        <source>
Bound to the key of this run (DPoP).</source>
        <translation>
An den Schlüssel dieses Laufs gebunden (DPoP).</translation>
    </message>
    <message>
        <source>One was named.</source>
        <translation>Eine wurde genannt.</translation>
    </message>
    <message>
        <source>Resources (%1): %2</source>
        <translation>Ressourcen (%1): %2</translation>
    </message>
    <message>
        <source>Prompts (%1): %2</source>
        <translation>Prompts (%1): %2</translation>
    </message>
    <message>
        <source>The server offers no resources.</source>
        <translation>Der Server bietet keine Ressourcen.</translation>
    </message>
    <message>
        <source>The server offers no prompts.</source>
        <translation>Der Server bietet keine Prompts.</translation>
    </message>
    <message>
        <source>None was named.</source>
        <translation>Keine wurde genannt.</translation>
    </message>
    <message>
        <source>The MCP server names %1, and what only the right one may see would be sent there: a secret, or what is signed for it. Nobody said that it belongs there.</source>
        <translation>Der MCP-Server nennt %1, und dorthin ginge, was nur der richtige sehen darf: ein Geheimnis, oder was für ihn unterschrieben ist. Niemand hat gesagt, dass es dorthin gehört.</translation>
    </message>
    <message>
        <source>The authorization server gave a token that is not bound to the key of this run.</source>
        <translation>Der Autorisierungsserver gab ein Token, das nicht an den Schlüssel dieses Laufs gebunden ist.</translation>
    </message>
    <message>
        <source>It may know no DPoP: without --dpop the token is used as it is.</source>
        <translation>Vielleicht kennt er kein DPoP: Ohne --dpop wird das Token benutzt, wie es ist.</translation>
    </message>
    <message>
        <source>%1 speaks for %2, and not for %3 alone.</source>
        <translation>%1 spricht für %2 und nicht für %3 allein.</translation>
    </message>
    <message>
        <source>Go on all the same (--accept-resource) where all that lies there is in one hand: its tokens are good for all of it.</source>
        <translation>Trotzdem weiter (--accept-resource), wo alles, was dort liegt, in einer Hand ist: Die Tokens gelten für all das.</translation>
    </message>
    <message>
        <source>%1 calls its issuer %2, and %3 was named: by the letter another one.</source>
        <translation>%1 nennt seinen Aussteller %2, genannt war %3: dem Buchstaben nach ein anderer.</translation>
    </message>
    <message>
        <source>Go on all the same (--accept-issuer) where both are one: what is compared to the byte elsewhere is not here.</source>
        <translation>Trotzdem weiter (--accept-issuer), wo beide einer sind: Was sonst Byte für Byte verglichen wird, wird es hier nicht.</translation>
    </message>
    <message>
        <source>it has no device_code.</source>
        <translation>sie hat kein device_code.</translation>
    </message>
    <message>
        <source>it has no user_code that could be typed.</source>
        <translation>sie hat kein user_code, das man eingeben könnte.</translation>
    </message>
    <message>
        <source>its verification_uri is none that may be opened.</source>
        <translation>ihre verification_uri darf nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>That is what it says to the Authorization that you gave as a header: give another one, or leave it out to sign in.</source>
        <translation>Das sagt er zu der Authorization, die als Header angegeben wurde: eine andere angeben, oder sie weglassen, um sich anzumelden.</translation>
    </message>
    <message>
        <source>The call may have had its effect, and is not repeated by itself: look there before you call again.</source>
        <translation>Der Aufruf kann gewirkt haben und wird nicht von selbst wiederholt: vor einem neuen Aufruf dort nachsehen.</translation>
    </message>
    <message>
        <source>The authorization server offers no sign-in on another device (RFC 8628).</source>
        <translation>Der Autorisierungsserver bietet keine Anmeldung auf einem anderen Gerät an (RFC 8628).</translation>
    </message>
    <message>
        <source>Sign in with a browser: its last address can be pasted where it runs on another machine.</source>
        <translation>Mit einem Browser anmelden: Läuft er auf einem anderen Rechner, kann seine letzte Adresse eingefügt werden.</translation>
    </message>
    <message>
        <source>The device code cannot be used: %1</source>
        <translation>Der Gerätecode ist nicht zu gebrauchen: %1</translation>
    </message>
    <message>
        <source>Whoever runs the authorization server has to mend its device answer.</source>
        <translation>Wer den Autorisierungsserver betreibt, muss dessen Antwort für Geräte in Ordnung bringen.</translation>
    </message>
    <message>
        <source>Nobody typed the code in time.</source>
        <translation>Niemand hat den Code rechtzeitig eingegeben.</translation>
    </message>
    <message>
        <source>A device code is good for a few minutes: sign in again.</source>
        <translation>Ein Gerätecode gilt einige Minuten: noch einmal anmelden.</translation>
    </message>
    <message>
        <source>The server took the Authorization that was given.
</source>
        <translation>Der Server hat die angegebene Authorization angenommen.
</translation>
    </message>
    <message>
        <source>It may say there that it supports PKCE.</source>
        <translation>Dort kann stehen, dass er PKCE unterstützt.</translation>
    </message>
    <message>
        <source>Open %1 anywhere and type %2.</source>
        <translation>%1 irgendwo öffnen und %2 eingeben.</translation>
    </message>
    <message>
        <source>Until somebody has typed %1 at %2, tokens are asked for every %3 s.</source>
        <translation>Bis jemand %1 bei %2 eingegeben hat, wird alle %3 s nach Tokens gefragt.</translation>
    </message>
    <message>
        <source>other devices</source>
        <translation>andere Geräte</translation>
    </message>
    <message>
        <source>The client %1, registered earlier, is not known to the authorization server any more.</source>
        <translation>Den früher registrierten Client %1 kennt der Autorisierungsserver nicht mehr.</translation>
    </message>
    <message>
        <source>The token in hand is for %1, and not for %2 (aud).</source>
        <translation>Das vorliegende Token ist für %1 und nicht für %2 (aud).</translation>
    </message>
    <message>
        <source>The token in hand expired %1 s ago (exp).</source>
        <translation>Das vorliegende Token ist seit %1 s abgelaufen (exp).</translation>
    </message>
    <message>
        <source>The token in hand is good in %1 s only (nbf).</source>
        <translation>Das vorliegende Token gilt erst in %1 s (nbf).</translation>
    </message>
    <message>
        <source>The server&apos;s clock is %1 s ahead of this machine&apos;s.</source>
        <translation>Die Uhr des Servers geht %1 s vor (verglichen mit der dieses Rechners).</translation>
    </message>
    <message>
        <source>The server&apos;s clock is %1 s behind this machine&apos;s.</source>
        <translation>Die Uhr des Servers geht %1 s nach (verglichen mit der dieses Rechners).</translation>
    </message>
    <message>
        <source>The token in hand is of %1, and %2 gave it (iss).</source>
        <translation>Das vorliegende Token ist von %1, ausgestellt hat es %2 (iss).</translation>
    </message>
    <message>
        <source>Sign in on another device</source>
        <translation>Anmelden auf einem anderen Gerät</translation>
    </message>
    <message>
        <source>Wait for the sign-in</source>
        <translation>Auf die Anmeldung warten</translation>
    </message>
    <message>
        <source>Nobody vouches for the certificate of this machine&apos;s server. %1</source>
        <translation>Für das Zertifikat des Servers auf diesem Rechner bürgt niemand. %1</translation>
    </message>
    <message>
        <source>Go on all the same (--accept-certificate) where it is your own: in this run each server of this machine is believed, and no other.</source>
        <translation>Trotzdem weiter (--accept-certificate), wenn es das eigene ist: In diesem Lauf wird jedem Server dieses Rechners geglaubt und keinem anderen.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Die Datei ist leer.</translation>
    </message>
    <message>
        <source>That is no token.</source>
        <translation>Das ist kein Token.</translation>
    </message>
</context>
<context>
    <name>gatehouse::sandbox::Faults</name>
    <message>
        <source>Registration is off</source>
        <translation>Registrierung ist aus</translation>
    </message>
    <message>
        <source>The next token is expired</source>
        <translation>Das nächste Token ist abgelaufen</translation>
    </message>
    <message>
        <source>The next token is for another server</source>
        <translation>Das nächste Token ist für einen anderen Server</translation>
    </message>
    <message>
        <source>The API takes no key</source>
        <translation>Die API nimmt keinen Schlüssel an</translation>
    </message>
    <message>
        <source>The API key may do nothing</source>
        <translation>Der API-Schlüssel darf nichts</translation>
    </message>
    <message>
        <source>The API has had too many requests</source>
        <translation>Die API hatte zu viele Anfragen</translation>
    </message>
    <message>
        <source>The API fails</source>
        <translation>Die API versagt</translation>
    </message>
    <message>
        <source>The API never answers</source>
        <translation>Die API antwortet nie</translation>
    </message>
    <message>
        <source>The API has no resource indicators</source>
        <translation>Die API kennt keine Resource Indicators</translation>
    </message>
    <message>
        <source>Clients&apos; documents are not read</source>
        <translation>Dokumente der Clients werden nicht gelesen</translation>
    </message>
</context>
</TS>
