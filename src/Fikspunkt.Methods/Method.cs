namespace Fikspunkt.Methods;

/// <summary>What a parameter takes.</summary>
public enum ParameterKind
{
    /// <summary>One column: a name, or a name under a function or an operation: <c>log(income)</c>, <c>share_pct/100</c>.</summary>
    Column,

    /// <summary>Columns, separated by commas.</summary>
    Columns,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Numbers, separated by commas.</summary>
    Numbers,

    /// <summary>A text, one of a list where there is one.</summary>
    Text,

    /// <summary>Yes or no.</summary>
    Flag,
}

/// <summary>One thing a method takes: a column's role or an option.</summary>
/// <param name="Name">The name, in lower case with underscores: <c>covariates</c>, <c>s_window</c>. Its description is the text <c>parameter.NAME</c>.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Required">Whether the method cannot do without.</param>
public sealed record Parameter(string Name, ParameterKind Kind, bool Required = false)
{
    /// <summary>The texts it can be, where it cannot be any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What it is when not given, as the user would write it; empty = nothing.</summary>
    public string Default { get; init; } = string.Empty;

    /// <summary>Its description in the current user's language.</summary>
    public string Description => MethodTexts.Get("parameter." + Name);
}

/// <summary>A method of the statistics library that can be run on a table.</summary>
/// <param name="Name">Its name on the command line and in case files.</param>
/// <param name="Page">The page in <c>docs/methods</c>, without extension.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="Example">What follows <c>fikspunkt stats NAME</c> in a call that runs in the repository's root.</param>
/// <param name="Run">Computes.</param>
public sealed record Method(string Name, string Page, IReadOnlyList<Parameter> Parameters, string Example, Func<MethodInput, Quantities> Run)
{
    /// <summary>What it does, in one line in the current user's language: the text <c>method.NAME</c>.</summary>
    public string Summary => MethodTexts.Get("method." + Name);
}

/// <summary>Short names for parameters.</summary>
internal static class Take
{
    public static Parameter Column(string name, bool required = true) => new(name, ParameterKind.Column, required);

    public static Parameter Columns(string name, bool required = true) => new(name, ParameterKind.Columns, required);

    public static Parameter Number(string name, string otherwise = "", bool required = false) => new(name, ParameterKind.Number, required) { Default = otherwise };

    public static Parameter Numbers(string name, string otherwise = "", bool required = false) => new(name, ParameterKind.Numbers, required) { Default = otherwise };

    public static Parameter Flag(string name) => new(name, ParameterKind.Flag);

    public static Parameter Text(string name, string otherwise = "", bool required = false) => new(name, ParameterKind.Text, required) { Default = otherwise };

    /// <summary>One of the choices; the first unless another is named as the default.</summary>
    public static Parameter Choice(string name, params string[] choices) => new(name, ParameterKind.Text) { Choices = choices, Default = choices[0] };
}

/// <summary>Texts by convention of their names.</summary>
internal static class MethodTexts
{
    public static string Get(string name) =>
        Texts.ResourceManager.GetString(name, System.Globalization.CultureInfo.CurrentUICulture) ?? throw new KeyNotFoundException($"No text {name}.");
}
