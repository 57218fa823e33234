using System.Reflection;

namespace Redactor;

/// <summary>The version of this program, as it is told to people, backends and clients.</summary>
internal static class ProductVersion
{
    /// <summary><c>0.1.0</c>: without the commit, which the build puts behind a plus sign.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
