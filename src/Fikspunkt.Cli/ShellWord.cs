using System.Buffers;

namespace Fikspunkt.Cli;

/// <summary>Words of a command line that a user may copy.</summary>
internal static class ShellWord
{
    private static readonly SearchValues<char> Signs = SearchValues.Create(" \t()[]{}*?|<>;&^$\"'`#!~");

    // What a shell still reads between double quotes.
    private static readonly SearchValues<char> LiveSigns = SearchValues.Create("$\"`!");

    /// <summary>The word as a shell takes it: in quotes if it has signs that mean something to the shell.</summary>
    public static string Quoted(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAny(Signs) ? word
        : word.AsSpan().ContainsAny(LiveSigns) ? $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'"
        : $"\"{word}\"";
}
