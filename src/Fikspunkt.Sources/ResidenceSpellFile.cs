using System.Globalization;
using System.Text;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Sources.Mapping;
using NodaTime;
using NodaTime.Text;

namespace Fikspunkt.Sources;

/// <summary>Persons from residence on as a file: one row an episode of work or education, one row with an empty episode for a person without any.</summary>
/// <remarks>
/// Columns: <c>person</c> (any number or key that parts persons; no CPR number), <c>area</c> (code or name of a municipality), <c>residence</c>,
/// <c>observed_to</c>, <c>age</c>, <c>episode</c> (ordinary-work, subsidised-work, qualifying-education, other-education, or empty), <c>from</c>,
/// <c>to</c> (the day after the last), <c>hours</c> (empty = 0). Every other column is an individual condition by its name. Dates as 2001-12-31.
/// The file is read into memory, added up there and never stored.
/// </remarks>
public static class ResidenceSpellFile
{
    private static readonly string[] Columns = ["person", "area", "residence", "observed_to", "age", "episode", "from", "to", "hours"];

    private static readonly Dictionary<string, EpisodeKind> Kinds = new(StringComparer.Ordinal)
    {
        ["ordinary-work"] = EpisodeKind.OrdinaryWork,
        ["subsidised-work"] = EpisodeKind.SubsidisedWork,
        ["qualifying-education"] = EpisodeKind.QualifyingEducation,
        ["other-education"] = EpisodeKind.OtherEducation,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">CSV or XLSX.</param>
    /// <param name="definitions">For the municipalities.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InputException">Whatever is wrong with it, all faults at once.</exception>
    public static IReadOnlyList<ResidenceSpell> Read(string path, DefinitionSet definitions, CancellationToken cancellationToken = default)
    {
        var table = TextTableFile.Read(path, cancellationToken);
        var faults = new FaultList();
        foreach (var column in Columns.Where(column => table.IndexOf(column) < 0))
        {
            faults.Add(new InputProblem(Texts.ColumnMissing, table.Name, table.Rows > 0 ? 1 : null, Expected: column));
        }

        faults.ThrowIfAny();
        var reader = new Rows(table, new AreaIndex(definitions.Municipalities, []), faults);
        var persons = new Dictionary<string, (ResidenceSpell Spell, List<Episode> Episodes)>(StringComparer.Ordinal);
        for (var row = 0; row < table.Rows; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.Spell(row) is not { } spell)
            {
                continue;
            }

            if (!persons.TryGetValue(reader.Person(row), out var known))
            {
                known = (spell, (List<Episode>)spell.Episodes);
                persons.Add(reader.Person(row), known);
            }
            else if (!IsSame(known.Spell, spell))
            {
                faults.Add(new InputProblem(Texts.PersonDiffers, table.Name, table.Lines[row], "person", reader.Person(row)));
            }

            if (reader.Episode(row) is { } episode)
            {
                known.Episodes.Add(episode);
            }
        }

        faults.ThrowIfAny();
        return [.. persons.Values.Select(person => person.Spell)];
    }

    /// <summary>Writes persons in the form that <see cref="Read"/> takes; persons are numbered in their order. UTF-8 without BOM, lines end in LF.</summary>
    /// <exception cref="ArgumentException">Persons differ in the names of their individual conditions.</exception>
    public static void Write(IReadOnlyList<ResidenceSpell> spells, string path)
    {
        var names = Kinds.ToDictionary(pair => pair.Value, pair => pair.Key);
        string[] traits = spells.Count > 0 ? [.. spells[0].Traits.Keys] : [];
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        writer.Write(string.Join(',', [.. Columns[..5], .. traits, .. Columns[5..]]) + "\n");
        for (var person = 0; person < spells.Count; person++)
        {
            var spell = spells[person];
            if (!spell.Traits.Keys.SequenceEqual(traits))
            {
                throw new ArgumentException("All persons must have the same conditions.", nameof(spells));
            }

            var common = string.Create(CultureInfo.InvariantCulture, $"{person + 1},{spell.Area},{Text(spell.Residence)},{Text(spell.ObservedTo)},{spell.Age},{string.Concat(spell.Traits.Values.Select(value => value + ","))}");
            foreach (var episode in spell.Episodes)
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{common}{names[episode.Kind]},{Text(episode.From)},{Text(episode.To)},{episode.HoursPerWeek}\n"));
            }

            if (spell.Episodes.Count == 0)
            {
                writer.Write($"{common},,,\n");
            }
        }
    }

    private static string Text(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static bool IsSame(ResidenceSpell a, ResidenceSpell b) =>
        a.Area == b.Area && a.Residence == b.Residence && a.ObservedTo == b.ObservedTo && a.Age == b.Age && a.Traits.All(pair => b.Traits[pair.Key] == pair.Value);

    private sealed class Rows(TextTable table, AreaIndex areas, FaultList faults)
    {
        private readonly Dictionary<string, string[]> cells = table.Columns.Zip(table.Cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        private readonly string[] traits = [.. table.Columns.Except(Columns, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

        public string Person(int row) => cells["person"][row];

        /// <summary>The person of a row, or nothing when something is wrong with it, which is noted.</summary>
        public ResidenceSpell? Spell(int row)
        {
            var (residence, observed) = (Date("residence", row), Date("observed_to", row));
            var isArea = areas.TryFind(cells["area"][row], out var area);
            var isAge = int.TryParse(cells["age"][row], NumberStyles.None, CultureInfo.InvariantCulture, out var age) && age <= 130;
            Require(isArea, Texts.AreaUnknown, "area", row);
            Require(isAge, Texts.NotANumber, "age", row);
            Require(Person(row).Length > 0, Texts.CellEmpty, "person", row);
            if (IsCpr(Person(row)))
            {
                faults.Add(new InputProblem(Texts.PersonIsCpr, table.Name, table.Lines[row], "person"));
            }

            foreach (var trait in traits)
            {
                Require(cells[trait][row].Length > 0, Texts.CellEmpty, trait, row);
            }

            if (residence is not { } from || observed is not { } to || !isArea || !isAge || !Require(from <= to, Texts.DatesReversed, "observed_to", row))
            {
                return null;
            }

            return new ResidenceSpell(area, from, to, age, new SortedDictionary<string, string>(traits.ToDictionary(trait => trait, trait => cells[trait][row]), StringComparer.Ordinal), new List<Episode>());
        }

        /// <summary>The episode of a row; nothing where there is none or something is wrong with it, which is noted.</summary>
        public Episode? Episode(int row)
        {
            if (cells["episode"][row].Length == 0)
            {
                return null;
            }

            var isKind = Kinds.TryGetValue(cells["episode"][row], out var kind);
            if (!isKind)
            {
                faults.Add(new InputProblem(Texts.EpisodeUnknown, table.Name, table.Lines[row], "episode", cells["episode"][row], string.Join(", ", Kinds.Keys)));
            }

            var (from, to, text) = (Date("from", row), Date("to", row), cells["hours"][row]);
            var written = table.HasDecimalComma ? text.Replace(',', '.') : text;
            var hours = 0.0;
            var isHours = text.Length == 0 || (double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out hours) && hours is >= 0 and <= 168);
            Require(isHours, Texts.NotANumber, "hours", row);
            return isKind && isHours && from is { } first && to is { } last && Require(first <= last, Texts.DatesReversed, "to", row) ? new Episode(kind, first, last, hours) : null;
        }

        // Personal numbers have no business here, so that none is ever shown or written on.
        private static bool IsCpr(string text) => text.Length is 10 or 11 && text.Where((_, i) => text.Length == 10 || i != 6).All(char.IsAsciiDigit) && (text.Length == 10 || text[6] == '-');

        private LocalDate? Date(string column, int row)
        {
            var parsed = LocalDatePattern.Iso.Parse(cells[column][row]);
            if (!parsed.Success)
            {
                faults.Add(new InputProblem(Texts.NotADate, table.Name, table.Lines[row], column, cells[column][row], "2001-12-31"));
                return null;
            }

            return parsed.Value;
        }

        private bool Require(bool holds, string rule, string column, int row)
        {
            if (!holds)
            {
                faults.Add(new InputProblem(rule, table.Name, table.Lines[row], column, cells[column][row]));
            }

            return holds;
        }
    }
}
