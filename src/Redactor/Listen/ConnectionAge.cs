using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Redactor.Listen;

/// <summary>
/// Asks a connection to close once it is old: HTTP/2 then sends GOAWAY, HTTP/1.1 answers with <c>Connection: close</c>. What is under way
/// is finished. Clients that keep one connection for ever so get to see other replicas, and renewed certificates.
/// </summary>
/// <param name="maxAge">The age, give or take a tenth, so that connections opened together do not close together.</param>
/// <param name="time">Measures it.</param>
internal sealed class ConnectionAge(TimeSpan maxAge, TimeProvider time)
{
    private const double Jitter = 0.1;

    /// <summary>The connection middleware.</summary>
    public ConnectionDelegate Limit(ConnectionDelegate next) => async connection =>
    {
        var lifetime = connection.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>();
        TimeSpan age = maxAge * (1 - Jitter + 2 * Jitter * Random.Shared.NextDouble());
        await using ITimer timer = time.CreateTimer(
            static l => ((IConnectionLifetimeNotificationFeature)l!).RequestClose(), lifetime, age, Timeout.InfiniteTimeSpan);
        await next(connection);
    };
}
