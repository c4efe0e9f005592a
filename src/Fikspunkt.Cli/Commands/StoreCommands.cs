using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Fikspunkt.Domain;
using Fikspunkt.Store;
using NodaTime.Text;

namespace Fikspunkt.Cli.Commands;

/// <summary><c>fikspunkt vintages</c> and <c>fikspunkt diff</c>: what was imported when, and what the source changed since.</summary>
internal static class StoreCommands
{
    private const int ShownChanges = 20;

    public static Command Vintages(Terminal terminal)
    {
        var store = Shared.Store();
        var table = new Option<string>("--table") { Description = Texts.TableDescription, HelpName = Texts.TablePlace };
        var json = Shared.Json();
        var command = new ExampleCommand("vintages", Texts.VintagesDescription, "fikspunkt vintages --table y30r21") { store, table, json };
        command.SetAction(parsed =>
        {
            using var opened = Stores.OpenExisting(parsed.GetRequiredValue(store));
            var vintages = opened.Vintages(parsed.GetValue(table));
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(new JsonArray([.. vintages.Select(Json)]).ToJsonString(JsonOutput.Options));
                return ExitCode.Done;
            }

            if (vintages.Count == 0)
            {
                terminal.Out.WriteLine(Texts.NoVintages);
            }

            foreach (var vintage in vintages)
            {
                terminal.Out.WriteLine(Texts.VintageLine.With(
                    vintage.Id,
                    vintage.Table,
                    InstantPattern.General.Format(vintage.Retrieved),
                    vintage.Rows,
                    vintage.ValueHash[..12],
                    vintage.Origin + (vintage.Synthetic ? $" [{Texts.SyntheticMark}]" : string.Empty) + (vintage.SameValuesAs is { } same ? $" ({Texts.SameValues.With(same)})" : string.Empty)));
            }

            return ExitCode.Done;
        });
        return command;
    }

    public static Command Diff(Terminal terminal)
    {
        var before = new Argument<int>("before") { Description = Texts.DiffBeforeDescription };
        var after = new Argument<int>("after") { Description = Texts.DiffAfterDescription };
        var store = Shared.Store();
        var all = new Option<bool>("--all") { Description = Texts.DiffAllDescription };
        var json = Shared.Json();
        var command = new ExampleCommand("diff", Texts.DiffDescription, "fikspunkt diff 1 2", "fikspunkt diff 1 2 --all --json") { before, after, store, all, json };
        command.SetAction(parsed =>
        {
            using var opened = Stores.OpenExisting(parsed.GetRequiredValue(store));
            var diff = opened.Diff(parsed.GetValue(before), parsed.GetValue(after));
            var everything = parsed.GetValue(all);
            var rows = everything ? diff.Rows : diff.Rows.Take(ShownChanges);
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(Json(diff, rows).ToJsonString(JsonOutput.Options));
                return ExitCode.Done;
            }

            terminal.Out.WriteLine(Texts.DiffCounts.With(diff.Before.Table, diff.Added, diff.Removed, diff.Changed, diff.Unchanged));
            foreach (var change in rows)
            {
                var key = change.New ?? change.Old!;
                terminal.Out.WriteLine($"{Sign(change.Kind)} {key.Indicator} {key.Area} {key.Period}{(key.Breakdown.Length > 0 ? " " + key.Breakdown : string.Empty)}: {Cell(change.Old)} -> {Cell(change.New)}");
            }

            var hidden = diff.Added + diff.Removed + diff.Changed - ShownChanges;
            if (!everything && hidden > 0)
            {
                terminal.Out.WriteLine(Texts.DiffHidden.With(hidden));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static JsonObject Json(Vintage vintage) => new()
    {
        ["id"] = vintage.Id,
        ["table"] = vintage.Table,
        ["source"] = vintage.Source,
        ["origin"] = vintage.Origin,
        ["retrieved"] = InstantPattern.General.Format(vintage.Retrieved),
        ["rows"] = vintage.Rows,
        ["value_hash"] = vintage.ValueHash,
        ["content_hash"] = vintage.ContentHash,
        ["synthetic"] = vintage.Synthetic,
        ["same_values_as"] = vintage.SameValuesAs,
    };

    private static JsonObject Json(VintageDiff diff, IEnumerable<ObservationChange> rows) => new()
    {
        ["table"] = diff.Before.Table,
        ["before"] = diff.Before.Id,
        ["after"] = diff.After.Id,
        ["added"] = diff.Added,
        ["removed"] = diff.Removed,
        ["changed"] = diff.Changed,
        ["unchanged"] = diff.Unchanged,
        ["rows"] = new JsonArray([.. rows.Select(change =>
        {
            var key = change.New ?? change.Old!;
            return new JsonObject
            {
                ["change"] = change.Kind.ToString().ToLowerInvariant(),
                ["indicator"] = key.Indicator,
                ["area"] = key.Area,
                ["period"] = key.Period.ToString(),
                ["breakdown"] = key.Breakdown,
                ["old"] = Side(change.Old),
                ["new"] = Side(change.New),
            };
        })]),
    };

    private static JsonObject? Side(Observation? observation) => observation is null ? null : new JsonObject
    {
        ["value"] = observation.Value,
        ["status"] = observation.Status.ToString().ToLowerInvariant(),
        ["raw"] = observation.Raw,
    };

    private static char Sign(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => '+',
        ChangeKind.Removed => '-',
        _ => '~',
    };

    private static string Cell(Observation? observation) => observation switch
    {
        null => "()",
        { Value: { } value, Status: ObservationStatus.Ok or ObservationStatus.Zero } => value.ToString("R", CultureInfo.CurrentCulture),
        { Value: { } value } => $"{value.ToString("R", CultureInfo.CurrentCulture)} ({Status(observation.Status)})",
        _ => Status(observation.Status),
    };

    private static string Status(ObservationStatus status) => status switch
    {
        ObservationStatus.Missing => Texts.StatusMissing,
        ObservationStatus.Suppressed => Texts.StatusSuppressed,
        ObservationStatus.Provisional => Texts.StatusProvisional,
        _ => Texts.StatusBreak,
    };
}
