using System.CommandLine;
using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Sources;
using Fikspunkt.Sources.Http;
using NodaTime;

namespace Fikspunkt.Cli.Commands;

/// <summary><c>fikspunkt import SOURCE</c>: figures into the store, whole or not at all.</summary>
internal static class ImportCommand
{
    public static Command Make(Terminal terminal)
    {
        var command = new ExampleCommand(
            "import",
            Texts.ImportDescription,
            "fikspunkt import csv dst-municipalities.csv",
            "fikspunkt import jobindsats y01a02 --periods latest:14",
            "fikspunkt import statbank AUP02 --select Tid=2023,2024");
        command.Add(Files(terminal, "csv", Texts.ImportCsvDescription, "fikspunkt import csv udtraek.csv --table y01a02"));
        command.Add(Files(terminal, "xlsx", Texts.ImportXlsxDescription, "fikspunkt import xlsx udtraek.xlsx"));
        command.Add(Files(terminal, "json", Texts.ImportJsonDescription, "fikspunkt import json y30r21-v2.json"));
        command.Add(Jobindsats(terminal));
        command.Add(StatBank(terminal));
        return command;
    }

    private static ExampleCommand Files(Terminal terminal, string form, string description, string example)
    {
        var files = new Argument<string[]>("files") { Description = Texts.ImportFilesDescription, Arity = ArgumentArity.OneOrMore };
        var table = new Option<string>("--table") { Description = Texts.ImportTableDescription, HelpName = Texts.TablePlace };
        var store = Shared.Store();
        var command = new ExampleCommand(form, description, example) { files, table, store };
        command.SetAction((parsed, cancellationToken) =>
        {
            var paths = parsed.GetRequiredValue(files);
            var problems = paths.Where(path => !string.Equals(Path.GetExtension(path), "." + form, StringComparison.OrdinalIgnoreCase))
                .Select(path => path.StartsWith("--", StringComparison.Ordinal) && !File.Exists(path)
                    ? new InputProblem(Texts.UnknownWord.With(path), Expected: $"fikspunkt import {form} --help")
                    : new InputProblem(Texts.WrongFileForm, path, Found: Path.GetExtension(path), Expected: "." + form)).ToList();
            if (problems.Count > 0)
            {
                throw new InputException(problems);
            }

            Import(terminal, parsed.GetRequiredValue(store), new ImportRequest(paths, parsed.GetValue(table), SystemClock.Instance.GetCurrentInstant(), Synthetic: false), cancellationToken);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static ExampleCommand Jobindsats(Terminal terminal)
    {
        var table = new Argument<string>("table") { Description = Texts.JobindsatsTableDescription };
        var type = new Option<string>("--period-type") { Description = Texts.PeriodTypeDescription, HelpName = "M|Q|QMAT|Y|MYTD", DefaultValueFactory = _ => "M" };
        var periods = new Option<string>("--periods") { Description = Texts.PeriodsDescription, HelpName = "latest:N|2023M01,...", DefaultValueFactory = _ => "latest:14" };
        var select = new Option<string[]>("--select") { Description = Texts.JobindsatsSelectDescription, HelpName = "_nykom=*" };
        var tokenFile = new Option<string>("--token-file") { Description = Texts.TokenFileDescription, HelpName = Texts.FilePlace };
        var address = new Option<string>("--address") { Description = Texts.AddressDescription, HelpName = "URL", DefaultValueFactory = _ => JobindsatsClient.Address.ToString() };
        var attempts = Attempts();
        var store = Shared.Store();
        var command = new ExampleCommand("jobindsats", Texts.JobindsatsDescription, "fikspunkt import jobindsats y30r21 --period-type QMAT --periods latest:4 --select _ygrp_y30r21=*") { table, type, periods, select, tokenFile, address, attempts, store };
        command.SetAction((parsed, cancellationToken) => DownloadAsync(
            terminal,
            parsed.GetRequiredValue(store),
            parsed.GetRequiredValue(table),
            async folder =>
            {
                var hierarchies = Selections(parsed.GetValue(select)).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
                hierarchies.TryAdd("_nykom", "*");
                using var client = new JobindsatsClient(ApiToken.Read(parsed.GetValue(tokenFile)), Address(parsed.GetRequiredValue(address)), Settings(parsed.GetValue(attempts)));
                return await client.DownloadAsync(new JobindsatsQuery(parsed.GetRequiredValue(table), parsed.GetRequiredValue(type), parsed.GetRequiredValue(periods), hierarchies), folder, cancellationToken);
            },
            cancellationToken));
        return command;
    }

    private static ExampleCommand StatBank(Terminal terminal)
    {
        var table = new Argument<string>("table") { Description = Texts.StatBankTableDescription };
        var select = new Option<string[]>("--select") { Description = Texts.StatBankSelectDescription, HelpName = "Tid=2023,2024" };
        var address = new Option<string>("--address") { Description = Texts.AddressDescription, HelpName = "URL", DefaultValueFactory = _ => StatBankClient.Address.ToString() };
        var attempts = Attempts();
        var store = Shared.Store();
        var command = new ExampleCommand("statbank", Texts.StatBankDescription, "fikspunkt import statbank AUS08 --select OMRÅDE=* --select YDTYP=TOT --select Tid=*") { table, select, address, attempts, store };
        command.SetAction((parsed, cancellationToken) => DownloadAsync(
            terminal,
            parsed.GetRequiredValue(store),
            parsed.GetRequiredValue(table),
            async folder =>
            {
                var variables = Selections(parsed.GetValue(select)).ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value.Split(',', StringSplitOptions.TrimEntries), StringComparer.OrdinalIgnoreCase);
                variables.TryAdd("OMRÅDE", ["*"]);
                variables.TryAdd("Tid", ["*"]);
                using var client = new StatBankClient(Address(parsed.GetRequiredValue(address)), Settings(parsed.GetValue(attempts)));
                return await client.DownloadAsync(new StatBankQuery(parsed.GetRequiredValue(table), variables), folder, cancellationToken);
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> DownloadAsync(Terminal terminal, string store, string table, Func<string, Task<Extract>> download, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("fikspunkt-");
        try
        {
            terminal.Error.WriteLine(Texts.StepDownload.With(table));
            var extract = await download(folder.FullName);
            var request = new ImportRequest(extract.Files, table.ToLowerInvariant(), SystemClock.Instance.GetCurrentInstant(), Synthetic: false) { Origin = extract.Origin };
            Import(terminal, store, request, cancellationToken);
            return ExitCode.Done;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Import(Terminal terminal, string path, ImportRequest request, CancellationToken cancellationToken)
    {
        var definitions = Models.LoadDefinitions();
        var isNew = !File.Exists(path);
        var isEmpty = false;
        try
        {
            using var store = Stores.Open(path, cancellationToken);
            try
            {
                ImportResult result = null!;
                terminal.Run((Texts.StepImport, () => result = TableImporter.ImportFiles(store, definitions, request, cancellationToken)));
                foreach (var file in result.Files)
                {
                    terminal.Out.WriteLine(file.Describe());
                }

                var vintage = result.Vintage;
                terminal.Out.WriteLine(Texts.Imported.With(vintage.Table, vintage.Rows, vintage.Id, vintage.ValueHash[..12])
                    + (vintage.SameValuesAs is { } same ? $" ({Texts.SameValues.With(same)})" : string.Empty));
            }
            finally
            {
                // Asked while this process alone has the store: nobody else can have filled it.
                isEmpty = isNew && store.Vintages().Count == 0;
            }
        }
        finally
        {
            if (isEmpty)
            {
                File.Delete(path);
                File.Delete(path + ".wal");
            }
        }
    }

    private static Option<int> Attempts() => new("--attempts") { Description = Texts.AttemptsDescription, HelpName = "N", DefaultValueFactory = _ => HttpSettings.Default.Attempts };

    private static HttpSettings Settings(int attempts) => attempts is >= 1 and <= 20
        ? HttpSettings.Default with { Attempts = attempts }
        : throw new InputException(new InputProblem(Texts.OptionWrong.With("--attempts"), Found: attempts.ToString(CultureInfo.InvariantCulture), Expected: "1-20"));

    private static IEnumerable<KeyValuePair<string, string>> Selections(string[]? selections)
    {
        foreach (var selection in selections ?? [])
        {
            var equals = selection.IndexOf('=', StringComparison.Ordinal);
            yield return equals > 0 && equals < selection.Length - 1
                ? new KeyValuePair<string, string>(selection[..equals], selection[(equals + 1)..])
                : throw new InputException(new InputProblem(Texts.WrongSelection, "--select", Found: selection, Expected: "NAVN=VÆRDI"));
        }
    }

    private static Uri Address(string text) => Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? address
        : throw new InputException(new InputProblem(Texts.WrongAddress, "--address", Found: text, Expected: "https://..."));
}
