using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Fikspunkt.Web.Hosting;

/// <summary>Logs as one JSON object a line on standard error. No client address, no query string, no cookie is ever among the values.</summary>
internal sealed class Logs : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, ILogger> loggers = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public ILogger CreateLogger(string categoryName) => loggers.GetOrAdd(categoryName, name => new Log(name, this));

    public void Dispose()
    {
        // Nothing is held open.
    }

    private void Write(string line)
    {
        lock (gate)
        {
            Console.Error.WriteLine(line);
        }
    }

    private sealed class Log(string category, Logs logs) : ILogger
    {
        // That a server cannot start is said once, by the command.
        private readonly LogLevel least = category.StartsWith("Fikspunkt", StringComparison.Ordinal) ? LogLevel.Information
            : category == "Microsoft.Extensions.Hosting.Internal.Host" ? LogLevel.None : LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            logs.Write(JsonSerializer.Serialize(new Dictionary<string, string?>
            {
                ["time"] = DateTimeOffset.UtcNow.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                ["level"] = logLevel.ToString(),
                ["category"] = category,
                ["message"] = formatter(state, exception),
                ["exception"] = exception?.ToString(),
            }.Where(pair => pair.Value is not null).ToDictionary()));
        }
    }
}
