"""Headings, folded, that mean a field: in English, German, French, Spanish, Italian, Dutch, Polish and Czech."""

SYNONYMS = {
    "name": """
        name, company, company name, organisation, organization, organisation name, firm, firm name, business,
        business name, employer, member, partner, firma, firmenname, unternehmen, betrieb, betriebsname,
        organisationsname, mitglied, societe, entreprise, nom de l'entreprise, raison sociale, empresa, nombre de la
        empresa, azienda, ditta, ragione sociale, bedrijf, bedrijfsnaam, nazwa, nazwa firmy
    """,
    "legal_name": "legal name, registered name, full name of company, firmenwortlaut",
    "trade": """
        trade, industry, sector, line of business, activity, branche, gewerbe, tatigkeit, taetigkeit, secteur,
        activite, sector de actividad, actividad, settore, attivita, branza, sector activiteit
    """,
    "nace": """
        nace, nace code, nace-code, nace rev 2.1, nace rev. 2.1, industry code, onace, oenace, code nace, code naf,
        ateco, sbi
    """,
    "kind": "kind, type, organisation type, type of organisation, art, organisationsart, typ, tipo, categorie",
    "size": """
        staff, employees, number of employees, no of employees, no. of employees, headcount, size, company size,
        mitarbeiter, mitarbeitende, mitarbeiterzahl, beschaftigte, beschaeftigte, anzahl mitarbeiter, effectif,
        salaries, empleados, plantilla, dipendenti, werknemers, pracownicy, liczba pracownikow
    """,
    "registration_number": """
        registration number, registration no, registration no., reg no, reg. no., company number, company no,
        register number, trade register, vat, vat no, vat number, vat id, uid, uid-nummer, ust-id, ust-idnr,
        firmenbuchnummer, handelsregisternummer, hrb, siren, siret, nif, cif, partita iva, p.iva, kvk, kvk-nummer,
        nip, krs, ico, regon
    """,
    "website": """
        website, web, url, homepage, web site, web address, internet, webseite, internetadresse, site, site web,
        sitio web, pagina web, sito, sito web, strona www, www
    """,
    "email": """
        general e-mail, general email, company e-mail, company email, office e-mail, office email, e-mail firma,
        e-mail zentrale, firmen-e-mail, e-mail general
    """,
    "phone": """
        phone, phone number, telephone, tel, tel., switchboard, company phone, telefon, telefonnummer, telefon
        zentrale, zentrale, telephone standard, telefono, telefoon, numer telefonu
    """,
    "street": """
        street, address, street address, address line 1, address 1, strasse, str., adresse, anschrift, rue,
        calle, direccion, indirizzo, via, straat, adres, ulica
    """,
    "postcode": """
        postcode, post code, postal code, zip, zip code, plz, postleitzahl, code postal, codigo postal, cp, cap, kod
        pocztowy
    """,
    "town": """
        town, city, place, location, ort, stadt, gemeinde, wohnort, ville, commune, ciudad, poblacion, localidad,
        citta, comune, plaats, woonplaats, miasto, miejscowosc, mesto, obec
    """,
    "distance_km": """
        distance, distance in km, distance (km), distance km, km, entfernung, entfernung in km, entfernung km,
        distancia, distanza, afstand, odleglosc
    """,
    "capacity": """
        students at the same time, places, training places, placement places, apprentice places, capacity, platze,
        plaetze, lehrstellen, ausbildungsplatze, praktikumsplatze, places de stage, plazas, posti
    """,
    "source_detail": """
        found through, source, how found, referred by, introduced by, quelle, herkunft, empfohlen von, origine,
        origen, fonte
    """,
    "description": """
        notes, note, remarks, comment, comments, description, bemerkung, bemerkungen, notiz, notizen, anmerkung,
        anmerkungen, kommentar, beschreibung, remarques, commentaire, observaciones, notas, osservazioni,
        opmerkingen, uwagi, poznamka
    """,
    "owner": """
        owner, owner at the school, responsible, account manager, coordinator, zustandig, zustaendig, betreuer,
        betreuerin, betreut von, responsable, referente
    """,
    "contact_name": """
        contact, contact person, contact name, person, full name, ansprechpartner, ansprechpartnerin,
        ansprechperson, kontakt, kontaktperson, personne de contact, interlocuteur, contacto, persona de contacto,
        contatto, referente aziendale, contactpersoon, osoba kontaktowa, kontaktni osoba
    """,
    "contact_first_name": "first name, given name, forename, vorname, prenom, nombre, voornaam, imie, jmeno",
    "contact_last_name": """
        last name, surname, family name, nachname, familienname, zuname, nom de famille, apellido, apellidos,
        cognome, achternaam, nazwisko, prijmeni
    """,
    "contact_title": """
        job title, title, position, role, function, job, contact role, funktion, stelle, berufsbezeichnung,
        fonction, poste, cargo, puesto, ruolo, funzione, functie, stanowisko, funkce
    """,
    "contact_email": """
        email, e-mail, mail, e mail, email address, e-mail address, contact email, contact e-mail, e-mail-adresse,
        mailadresse, e-mail ansprechpartner, courriel, adresse e-mail, correo, correo electronico, posta
        elettronica, e-mailadres, adres e-mail
    """,
    "contact_phone": """
        mobile, mobile phone, mobile number, cell, cell phone, direct line, direct dial, contact phone, handy,
        mobil, mobiltelefon, mobilnummer, durchwahl, portable, movil, cellulare, mobiel, komorka
    """,
}
